package dev.posthorn.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.util.List;

@Path("/orders")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OrderResource {

    /** What a client sends. */
    public record NewOrder(
            @NotBlank @Size(max = 100) String customer,
            @NotNull @Positive @Digits(integer = 10, fraction = 2) BigDecimal amount) {}

    @Inject
    OrderService orders;

    @POST
    public Response place(@NotNull @Valid NewOrder order, @QueryParam("fail") boolean fail, @Context UriInfo uri) {
        if (fail) {
            orders.placeUnpaid(order.customer(), order.amount());
        }
        Order placed = orders.place(order.customer(), order.amount());
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(placed.getId().toString())
                        .build())
                .entity(placed)
                .build();
    }

    @GET
    public List<Order> all() {
        return orders.all();
    }

    @GET
    @Path("{id}")
    public Order find(@PathParam("id") long id) {
        return orders.find(id).orElseThrow(NotFoundException::new);
    }
}
