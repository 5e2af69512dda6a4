package dev.posthorn.example.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The page. JAX-RS answers every path of this application, also those that a servlet container would serve by itself. */
@Path("/")
@ApplicationScoped
public class PageResource {

    @Context
    ServletContext files;

    @GET
    @Produces("text/html;charset=UTF-8")
    public Response page() {
        return Response.ok(files.getResourceAsStream("/index.html"))
                // Nobody else's page may show this one in a frame and have its buttons clicked.
                .header("Content-Security-Policy", "frame-ancestors 'none'")
                .build();
    }

    @GET
    @Path("page.css")
    @Produces("text/css;charset=UTF-8")
    public InputStream style() {
        return files.getResourceAsStream("/page.css");
    }

    @GET
    @Path("page.js")
    @Produces("text/javascript;charset=UTF-8")
    public InputStream script() {
        return files.getResourceAsStream("/page.js");
    }
}
