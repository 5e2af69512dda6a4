package dev.posthorn.benchmarks.server;

import dev.posthorn.benchmarks.load.Allocation;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers how many bytes the server has allocated since it was first asked. */
@WebServlet("/allocation")
public class AllocationServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private transient Allocation allocation;

    @Override
    public void init() {
        allocation = new Allocation();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            response.getWriter().print(allocation.bytes());
        } catch (InterruptedException e) {
            throw new ServletException(e);
        }
    }

    @Override
    public void destroy() {
        allocation.close();
    }
}
