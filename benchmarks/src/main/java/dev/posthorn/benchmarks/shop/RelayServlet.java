package dev.posthorn.benchmarks.shop;

import dev.posthorn.operator.OutboxOperator;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Lets a backlog gather, as an operator would. */
@WebServlet("/relay")
public class RelayServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String CHANNEL = "posthorn";

    @Inject
    private transient OutboxOperator operator;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        if (Boolean.parseBoolean(request.getParameter("on"))) {
            operator.resume(CHANNEL);
        } else {
            operator.pause(CHANNEL);
        }
    }
}
