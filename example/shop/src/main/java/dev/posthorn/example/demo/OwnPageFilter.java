package dev.posthorn.example.demo;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Nobody logs in here, so a browser must not work for others: neither for another web page that sends requests to this computer,
 * nor for one whose own host name has come to mean this computer. A servlet filter, since the server answers some paths without
 * JAX-RS, such as {@code /health}.
 */
@WebFilter("/*")
public class OwnPageFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String host = String.valueOf(request.getHeader("Host"));
        if (!HERE.contains(host.replaceFirst(":\\d+$", ""))) {
            refuse(response, "The demo answers to the host names 127.0.0.1 and localhost only");
        } else if (isOfAnotherPage(request, host)) {
            refuse(response, "The demo answers its own page only, no other web page");
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Browsers say where a request comes from; other clients say nothing. A link on another page may lead here. */
    private static boolean isOfAnotherPage(HttpServletRequest request, String host) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        boolean isLink = request.getMethod().equals("GET") && "document".equals(request.getHeader("Sec-Fetch-Dest"));
        return (origin != null && !origin.equals("http://" + host)) || (site != null && !OWN.contains(site) && !isLink);
    }

    private static void refuse(HttpServletResponse response, String why) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("application/json");
        response.getWriter()
                .print("{\"error\": \"Forbidden\", \"message\": \"%s: nothing was read or changed.\"}".formatted(why));
    }
}
