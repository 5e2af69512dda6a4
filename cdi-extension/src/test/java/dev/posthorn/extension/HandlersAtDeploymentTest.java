package dev.posthorn.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventMiddleware;
import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.IntegrationEventHandler;
import dev.posthorn.Received;
import dev.posthorn.config.MapConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether what is meant to be a handler is found, and what is said if it is none. */
public class HandlersAtDeploymentTest {

    @IntegrationEvent
    public record OrderPlaced(String id) {}

    @ApplicationScoped
    @SuppressWarnings("rawtypes")
    public static class Raw implements IntegrationEventHandler {

        @Override
        public void handle(Object event, HandlingContext context) {}
    }

    @SuppressWarnings("rawtypes")
    public abstract static class RawBase implements IntegrationEventHandler {

        @Override
        public void handle(Object event, HandlingContext context) {}
    }

    @ApplicationScoped
    public static class OfRawBase extends RawBase {}

    public static class Generic<T> implements IntegrationEventHandler<T> {

        @Override
        public void handle(T event, HandlingContext context) {}
    }

    public static class ProducesRaw {

        @Produces
        @SuppressWarnings("rawtypes")
        IntegrationEventHandler handler() {
            return new Raw();
        }
    }

    @ApplicationScoped
    public static class OfOrders implements IntegrationEventHandler<OrderPlaced> {

        @Override
        public void handle(OrderPlaced event, HandlingContext context) {}
    }

    @ApplicationScoped
    public static class Mindful {

        void placed(@Observes @Received OrderPlaced event) {}
    }

    /** Does not say that the event is received. */
    @ApplicationScoped
    public static class Forgetful {

        void placed(@Observes OrderPlaced event) {}

        void text(@Observes String other) {}
    }

    @ApplicationScoped
    @SuppressWarnings("rawtypes")
    public static class RawMiddleware implements EventMiddleware {}

    public static class GenericMiddleware<T> implements EventMiddleware<T> {}

    @ApplicationScoped
    public static class AroundAll implements EventMiddleware<Object> {}

    @Test
    void handlersThatDoNotSayOfWhatAreRefused() {
        assertRefused("POSTHORN-5310", Raw.class, OfRawBase.class, Generic.class, ProducesRaw.class);
    }

    @Test
    void middlewareThatDoesNotSayAroundWhatIsRefused() {
        assertRefused("POSTHORN-5311", RawMiddleware.class, GenericMiddleware.class);
    }

    @Test
    void whatSaysSoIsNoProblem() {
        assertEquals(
                List.of(),
                TriedDeployment.of(MapConfig.of(), OfOrders.class, AroundAll.class, OrderPlaced.class)
                        .problems("POSTHORN-53"));
    }

    @Test
    void channelsWithoutAHandlerAreAWarningThatSaysWhatToWrite() {
        List<String> warnings = TriedDeployment.of(
                        MapConfig.of("posthorn.inbox.channels", "orders,payments"), OrderPlaced.class, Forgetful.class)
                .warnings("POSTHORN-6024");

        assertEquals(1, warnings.size(), warnings::toString);
        for (String text : List.of(
                " orders, payments",
                "void on(@Observes @Received OrderPlaced event)",
                "let a bean implement IntegrationEventHandler<OrderPlaced>",
                Forgetful.class.getName() + " observes " + OrderPlaced.class.getName())) {
            assertTrue(warnings.get(0).contains(text), () -> warnings + " lacks " + text);
        }
        assertFalse(warnings.get(0).contains("String"), warnings::toString);
    }

    @Test
    void channelsWithAHandlerAreNoWarning() {
        assertNotWarned("posthorn.inbox.channels", OfOrders.class);
        assertNotWarned("posthorn.inbox.channels", Mindful.class);
    }

    /** What is handed over without a handler is refused to whoever hands it over. */
    @Test
    void ownChannelsWithoutAHandlerAreNoWarning() {
        assertNotWarned("posthorn.inbox.own-channels", Forgetful.class);
        assertNotWarned("posthorn.channels", Forgetful.class);
    }

    private static void assertNotWarned(String key, Class<?> bean) {
        assertEquals(
                List.of(),
                TriedDeployment.of(MapConfig.of(key, "orders"), OrderPlaced.class, bean)
                        .warnings("POSTHORN-6024"));
    }

    /** Each of them, and once. */
    private static void assertRefused(String code, Class<?>... beans) {
        assertEquals(
                List.of(beans).stream()
                        .map(bean -> code + " " + bean.getName())
                        .sorted()
                        .toList(),
                TriedDeployment.of(MapConfig.of(), beans).problems(code).stream()
                        .map(text -> text.substring(0, text.indexOf(" is an ")))
                        .sorted()
                        .toList());
    }
}
