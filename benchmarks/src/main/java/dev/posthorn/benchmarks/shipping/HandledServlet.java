package dev.posthorn.benchmarks.shipping;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How many events of a channel were handled. With {@code atLeast} it answers when there are so many, or after five seconds. */
@WebServlet("/handled")
public class HandledServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    @Inject
    private transient Handled handled;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String channel = request.getParameter("channel");
        long atLeast = Long.parseLong(request.getParameter("atLeast"));
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (handled.count(channel) < atLeast && System.nanoTime() < deadline) {
            pause();
        }
        response.getWriter().print(handled.count(channel));
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
