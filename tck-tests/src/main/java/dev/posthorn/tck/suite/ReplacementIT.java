package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.PosthornException;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.OutboxOperator;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.replacement.MemoryEventStore;
import dev.posthorn.tck.replacement.OnlyNode;
import dev.posthorn.tck.replacement.Telegram;
import dev.posthorn.tck.replacement.Telegraph;
import dev.posthorn.tck.shop.TransactionalBean;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Beans of the application take the place of Posthorn's store, transport and serializer. Neither an EntityManager nor a channel is
 * configured here: that the application is deployed at all shows that none is needed.
 */
@ExtendWith(ArquillianExtension.class)
public class ReplacementIT {

    @Inject
    private Event<Object> events;

    @Inject
    private MemoryEventStore store;

    @Inject
    private OnlyNode node;

    @Inject
    private Telegraph telegraph;

    @Inject
    private TransactionalBean transactional;

    @Inject
    private OutboxOperator operator;

    @Deployment
    public static WebArchive archive() {
        return TckArchive.named("replacement")
                .withPosthorn()
                .withPackageOf(Telegram.class)
                .with(TransactionalBean.class)
                .build();
    }

    @Test
    public void committedEventTakesTheApplicationsWay() {
        String to = newId();

        transactional.inTransaction(() -> {
            events.fire(new Telegram(to, "first"));
            events.fire(new Telegram(to, "second"));
        });

        List<EventEnvelope> sent = awaitSent(to, 2);
        assertEquals(
                List.of("FIRST", "SECOND"),
                sent.stream().map(ReplacementIT::text).toList());
        assertEquals("text/plain", sent.get(0).contentType());
        assertEquals("telegraph", sent.get(0).channel());
        assertEquals("telegrams", sent.get(0).topic());
    }

    @Test
    public void rolledBackEventTakesNone() {
        String lost = newId();
        String kept = newId();

        assertThrows(
                IllegalStateException.class,
                () -> transactional.inTransaction(() -> {
                    events.fire(new Telegram(lost, "never"));
                    throw new IllegalStateException("the business changed its mind");
                }));
        transactional.inTransaction(() -> events.fire(new Telegram(kept, "sentinel")));

        awaitSent(kept, 1);
        assertEquals(List.of(), telegraph.sent(lost));
    }

    @Test
    public void applicationsStoreIsToldWhatIsDelivered() {
        long before = store.delivered();
        String to = newId();

        transactional.inTransaction(() -> events.fire(new Telegram(to, "to be marked")));

        Awaitility.await("the mark").atMost(Duration.ofSeconds(60)).until(() -> store.delivered() > before);
        assertEquals(1, awaitSent(to, 1).size());
    }

    @Test
    public void operatorsAreToldThatNobodyCanLookIntoTheApplicationsStore() {
        PosthornException thrown =
                assertThrows(PosthornException.class, () -> operator.counts(EventFilter.undelivered()));

        assertTrue(String.valueOf(thrown.getMessage()).contains("add a bean of dev.posthorn.spi.OperatorStore"));
    }

    @Test
    public void applicationsNodeStoreAndTransportArePrepared() {
        assertTrue(node.hasJoined());
        assertEquals(Set.of("telegraph"), telegraph.channels());
    }

    private List<EventEnvelope> awaitSent(String key, int count) {
        List<EventEnvelope> sent = Awaitility.await("telegrams to " + key)
                .atMost(Duration.ofSeconds(60))
                .until(() -> telegraph.sent(key), found -> found.size() >= count);
        assertEquals(count, sent.size());
        return sent;
    }

    private static String text(EventEnvelope sent) {
        return new String(sent.data(), StandardCharsets.UTF_8);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
