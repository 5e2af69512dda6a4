package dev.posthorn.tck.capture;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import java.util.UUID;

/** Injected as a proxy. */
@IntegrationEvent(topic = "capture")
public class Basket {

    @Key
    private String id = "of a proxy";

    public String getId() {
        return id;
    }

    /** Makes one for each request. */
    @ApplicationScoped
    public static class Baskets {

        @Produces
        @RequestScoped
        Basket basket() {
            Basket basket = new Basket();
            basket.id = UUID.randomUUID().toString();
            return basket;
        }
    }
}
