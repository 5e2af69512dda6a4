package dev.posthorn.benchmarks.server;

import dev.posthorn.benchmarks.load.Allocation;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers how many bytes the server's threads have allocated. */
@WebServlet("/allocation")
public class AllocationServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Allocation allocation = new Allocation();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(allocation.bytes());
    }
}
