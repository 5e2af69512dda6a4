package dev.posthorn.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Received;
import dev.posthorn.config.MapConfig;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several wrong values of one type: each is reported, and nothing is said that is untrue because of one of them. */
public class WrongValuesAtDeploymentTest {

    private static final String ORDERED = "POSTHORN-6005 posthorn.event.OrderPlaced.ordered=ja is not allowed";
    private static final String WHEN_DEAD = "POSTHORN-6005 posthorn.event.OrderPlaced.when-dead=sotp is not allowed";
    private static final String DELAY = "POSTHORN-6005 posthorn.event.OrderPlaced.retry.delay=soon is not allowed";

    @IntegrationEvent(channel = "orders")
    public record OrderPlaced(String id) implements Placed {}

    public interface Placed {}

    @ApplicationScoped
    public static class OfOrders {

        void placed(@Observes @Received OrderPlaced event) {}
    }

    /** Does not name the class of the type. */
    @ApplicationScoped
    public static class OfAllPlaced {

        void placed(@Observes @Received Placed event) {}
    }

    /** Says which channels it is asked for, and takes no topic with a blank. */
    @ApplicationScoped
    public static class Transport implements EventTransport {

        @Override
        public List<String> prepare(Set<String> channels) {
            return List.of("POSTHORN-9999 " + channels);
        }

        @Override
        public Optional<String> topicProblem(String channel, String topic) {
            return topic.contains(" ") ? Optional.of("There can be no topic '" + topic + "'.") : Optional.empty();
        }

        @Override
        public CompletionStage<?> send(EventEnvelope event) {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Test
    void allWrongValuesOfATypeAreReportedAtOnce() {
        TriedDeployment tried = TriedDeployment.of(
                MapConfig.of(
                        "posthorn.event.OrderPlaced.ordered", "ja",
                        "posthorn.event.OrderPlaced.topic", "order placed",
                        "posthorn.event.OrderPlaced.when-dead", "sotp",
                        "posthorn.event.OrderPlaced.retry.delay", "soon"),
                OrderPlaced.class,
                Transport.class);

        assertSaid(tried, ORDERED, WHEN_DEAD, DELAY, "POSTHORN-6010 Events of " + OrderPlaced.class.getName());
        assertEquals(1, tried.problems("POSTHORN-9999 [orders]").size(), tried::toString);
    }

    @Test
    void variablesOfATypeWithAWrongValueAreKnown() {
        TriedDeployment tried = TriedDeployment.of(
                MapConfig.of(
                        "POSTHORN_EVENT_ORDERPLACED_WHEN_DEAD", "sotp",
                        "POSTHORN_EVENT_ORDERPLACED_RETRY_DELAY", "soon"),
                OrderPlaced.class,
                Transport.class);

        assertSaid(tried, WHEN_DEAD, DELAY);
    }

    @Test
    void aTypeWithAWrongValueIsHandled() {
        for (Class<?> handlers : List.of(OfOrders.class, OfAllPlaced.class)) {
            TriedDeployment tried = TriedDeployment.of(
                    MapConfig.of(
                            "posthorn.inbox.channels", "orders",
                            "posthorn.channel.orders.inbox.type", "OrderPlaced",
                            "posthorn.event.OrderPlaced.ordered", "ja",
                            "posthorn.event.OrderPlaced.when-dead", "sotp"),
                    OrderPlaced.class,
                    handlers,
                    Transport.class);

            assertSaid(tried, ORDERED, WHEN_DEAD);
        }
    }

    /** What is wrong with the configuration, each once and with nothing else; of the parts that are not there it says more. */
    private static void assertSaid(TriedDeployment tried, String... beginnings) {
        List<String> said = Stream.concat(
                        Stream.of("POSTHORN-53", "POSTHORN-600", "POSTHORN-601")
                                .flatMap(code -> tried.problems(code).stream()),
                        tried.warnings("POSTHORN-60").stream())
                .sorted()
                .toList();
        List<String> expected = Stream.of(beginnings).sorted().toList();
        assertEquals(expected.size(), said.size(), said::toString);
        for (int i = 0; i < said.size(); i++) {
            assertEquals(
                    expected.get(i),
                    said.get(i)
                            .substring(
                                    0,
                                    Math.min(
                                            said.get(i).length(),
                                            expected.get(i).length())));
        }
    }
}
