package dev.posthorn.tck.shop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

/** The way in for a test that runs outside the server. */
@Path("purchases/{id}")
@RequestScoped
public class PurchaseResource {

    @Inject
    private Shop shop;

    @Inject
    private TransactionalBean transactional;

    /** Buys and tells of it: one purchase and one event, whose text is the purchase's id. */
    @PUT
    public void buy(
            @PathParam("id") String id,
            @QueryParam("key") String key,
            @QueryParam("changeOfMind") @DefaultValue("false") boolean changeOfMind) {
        transactional.inTransaction(() -> {
            shop.buy(id);
            shop.place(key, id);
            shop.flush();
            if (changeOfMind) {
                throw new IllegalStateException("the business changed its mind");
            }
        });
    }

    /** The ids of the purchases that begin so. */
    @GET
    public String bought(@PathParam("id") String prefix) {
        return String.join("\n", shop.purchases(prefix));
    }

    /** How many events, of keys that begin so, are not marked as delivered. */
    @GET
    @Path("undelivered")
    public String undelivered(@PathParam("id") String keyPrefix) {
        return Integer.toString(shop.undelivered(keyPrefix));
    }
}
