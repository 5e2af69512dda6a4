package dev.posthorn.benchmarks.server;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Starts the relay of a variant, or lets it rest. */
@WebServlet("/relay")
public class RelayServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Contenders contenders;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            contenders
                    .of(request.getParameter("variant"))
                    .relay()
                    .turn(Boolean.parseBoolean(request.getParameter("on")));
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
