package dev.posthorn.example.shipping.demo;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Nobody logs in here, and the shop asks on behalf of its page, so no web page is answered: a browser says where a request comes
 * from, and a page whose own host name has come to mean this computer asks for that name.
 */
@WebFilter("/*")
public class NoPageFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String host = String.valueOf(request.getHeader("Host"));
        if (!HERE.contains(host.replaceFirst(":\\d+$", ""))) {
            refuse(response, "Shipping answers to the host names 127.0.0.1 and localhost only");
        } else if (isOfPage(request)) {
            refuse(response, "Shipping answers the shop, no web page");
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Who types the address into a browser may look. */
    private static boolean isOfPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return request.getHeader("Origin") != null || (site != null && !site.equals("none"));
    }

    private static void refuse(HttpServletResponse response, String why) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("application/json");
        response.getWriter()
                .print("{\"error\": \"Forbidden\", \"message\": \"%s: nothing was read or changed.\"}".formatted(why));
    }
}
