package dev.posthorn.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;

/** What is published is the object behind a proxy of CDI's. */
public class ProxiesTest {

    @IntegrationEvent
    public static class Basket {

        @Key
        private String id = "proxied";

        public String getId() {
            return id;
        }

        void fill(String with) {
            id = with;
        }
    }

    public static class Baskets {

        static final Basket MADE = new Basket();

        @Produces
        @ApplicationScoped
        Basket basket() {
            MADE.fill("4711");
            return MADE;
        }
    }

    public static class RequestBaskets {

        @Produces
        @RequestScoped
        Basket basket() {
            return new Basket();
        }
    }

    @Test
    void whatIsNoProxyIsItself() {
        Basket basket = new Basket();
        assertSame(basket, Proxies.behind(basket));
    }

    @Test
    void aClientProxyStandsForTheObjectBehindIt() {
        try (WeldContainer container =
                new Weld().disableDiscovery().beanClasses(Baskets.class).initialize()) {
            Basket proxy = container.select(Basket.class).get();
            assertNotEquals(Basket.class, proxy.getClass());

            assertSame(Baskets.MADE, Proxies.behind(proxy));
            assertEquals("4711", KeyReader.of(Basket.class).read(Proxies.behind(proxy)));
        }
    }

    @Test
    void aClientProxyWithoutAnObjectCantBePublished() {
        try (WeldContainer container =
                new Weld().disableDiscovery().beanClasses(RequestBaskets.class).initialize()) {
            Basket proxy = container.select(Basket.class).get();

            EventNotPublishableException refusal =
                    assertThrows(EventNotPublishableException.class, () -> Proxies.behind(proxy));
            assertTrue(String.valueOf(refusal.getMessage()).startsWith("POSTHORN-1202"), refusal::getMessage);
            assertTrue(refusal.getCause() instanceof ContextNotActiveException, () -> "cause " + refusal.getCause());
        }
    }
}
