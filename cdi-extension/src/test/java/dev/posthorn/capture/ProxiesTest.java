package dev.posthorn.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;
import dev.posthorn.serialize.JsonbEventSerializer;
import dev.posthorn.spi.EventSerializer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;
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

    public record Ordered(@Nullable Object basket) {}

    /** JSON Binding would write the proxy: with other properties, and without public fields. */
    @Test
    void aClientProxyInsideOfAnEventIsRefused() {
        EventSerializer serializer = new JsonbEventSerializer();
        assertTrue(
                new String(serializer.serialize(new Ordered("\"contextualInstance\":")), UTF_8).contains("Instance"));
        try (WeldContainer container =
                new Weld().disableDiscovery().beanClasses(Baskets.class).initialize()) {
            Basket proxy = container.select(Basket.class).get();
            for (Object inside : List.of(
                    proxy, List.of(proxy), Map.of("a", Optional.of(proxy)), new Ordered(new Basket[] {proxy}))) {
                EventNotPublishableException refusal = assertThrows(
                        EventNotPublishableException.class, () -> serializer.serialize(new Ordered(inside)));
                assertTrue(String.valueOf(refusal.getMessage()).startsWith("POSTHORN-1226"), refusal::getMessage);
            }
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
