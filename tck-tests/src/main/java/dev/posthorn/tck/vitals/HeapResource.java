package dev.posthorn.tck.vitals;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.management.ManagementFactory;

/** How much of its heap the server uses, in bytes. */
@Path("heap")
@RequestScoped
public class HeapResource {

    /** With the garbage of this moment. */
    @GET
    public String used() {
        return Long.toString(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** Without garbage. */
    @POST
    public String live() {
        System.gc();
        return used();
    }
}
