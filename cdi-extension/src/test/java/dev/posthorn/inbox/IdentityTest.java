package dev.posthorn.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.operator.ReceivedId;
import dev.posthorn.operator.RepetitionCount;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Admission;
import dev.posthorn.spi.IncomingMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing is dropped as known that is not, whatever others have sent before it; what is known is dropped, and counted. */
class IdentityTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final SampleInbox sample = new SampleInbox(threads::add, 3, "plain", "wire");
    private final Set<InboxId> known = new HashSet<>();
    private final List<String> handled = new ArrayList<>();

    IdentityTest() {
        sample.store.admission = event -> known.add(event.id()) ? Admission.NEW : Admission.KNOWN;
        sample.type.handling = event -> handled.add(event.id());
        sample.type.key = event -> event.headers().get("businessid");
    }

    @BeforeAll
    static void silenceTheLog() {
        InboxSimulation.silenceTheLog();
    }

    @Test
    void noEventLooksLikeAPlainMessageOfAnotherChannel() {
        event("channel:plain", "topic-0@11/1");
        event("event:channel:plain", "topic-0@11/1");
        event("/good", "1");
        plain("topic-0@11/1");
        assertEquals(List.of("topic-0@11/1", "topic-0@11/1", "1", "topic-0@11/1"), handled);
        assertEquals(List.of(), dropped());
    }

    @Test
    void noEventLooksLikeAnotherOnesIdempotencyKey() {
        event("key:known", "invoice-1");
        event("/good", "invoice-1");
        keyed("/bank", "2", "invoice-1");
        assertEquals(List.of("invoice-1", "invoice-1", "2"), handled);

        keyed("/bank", "3", "invoice-1");
        assertEquals(3, handled.size());
        assertEquals(List.of("wire 1 invoice-1 of key:known"), dropped());
    }

    @Test
    void noEventLooksLikeAMessageThatCantBeRead() {
        event("unreadable:wire", "topic-0@11/1");
        event("/good", "1");
        arrive(new IncomingMessage(
                "wire", Map.of("specversion", "1.0"), Map.of(), null, null, "topic-0@11/1", new byte[1]));
        assertEquals(List.of("topic-0@11/1", "1"), handled);
        assertEquals(1, sample.store.told.size());
        assertTrue(sample.store.told.get(0).startsWith("dead topic-0@11/1 of unreadable:wire: "));
        assertTrue(known.contains(new InboxId("app", "event:unreadable:wire", "topic-0@11/1")), known::toString);
    }

    @Test
    void ordinaryEventsAreKnownByWhatTheyAlwaysWere() {
        for (String source :
                List.of("/shop", "urn:channel:plain", "Key:known", "https://bank.example/channel:x", "keys")) {
            event(source, "1");
            assertTrue(known.contains(new InboxId("app", source, "1")), known::toString);
        }
    }

    @Test
    void whatIsKnownIsDroppedAndCountedByItsChannel() {
        event("/good", "1");
        event("/good", "1");
        event("/good", "2");
        event("/good", "1");
        plain("topic-0@11/1");
        plain("topic-0@11/1");
        plain("topic-0@11/2");
        assertEquals(List.of("1", "2", "topic-0@11/1", "topic-0@11/2"), handled);
        assertEquals(
                List.of(
                        new RepetitionCount("plain", 1, Optional.of(new ReceivedId("channel:plain", "topic-0@11/1"))),
                        new RepetitionCount("wire", 2, Optional.of(new ReceivedId("/good", "1")))),
                sample.inbox.repetitions());
    }

    @Test
    void withoutAPositionOnlyTheSameContentIsTheSameMessage() {
        Set<InboxId> ids = new HashSet<>();
        for (String attribute : List.of("a", "b")) {
            for (String header : List.of("a", "b")) {
                for (String key : List.of("a", "b")) {
                    for (byte data : new byte[] {0, 1}) {
                        ids.add(unplaced(Map.of("id", attribute), Map.of("h", header), null, key, data));
                    }
                }
            }
        }
        ids.add(unplaced(Map.of("id", "\ud800"), Map.of(), "a", null, (byte) 0));
        ids.add(unplaced(Map.of("id", "\udfff"), Map.of(), "a", null, (byte) 0));
        ids.add(unplaced(Map.of("id", "\udfff"), Map.of(), null, "a", (byte) 0));
        assertEquals(19, ids.size());
        assertNotEquals(
                unplaced(Map.of("ab", "c"), Map.of(), null, null, (byte) 0),
                unplaced(Map.of("a", "bc"), Map.of(), null, null, (byte) 0));
        assertEquals(
                unplaced(Map.of("a", "b", "c", "d"), Map.of(), null, null, (byte) 0),
                unplaced(Map.of("c", "d", "a", "b"), Map.of(), null, null, (byte) 0));
    }

    private static InboxId unplaced(
            Map<String, String> attributes,
            Map<String, String> headers,
            @Nullable String contentType,
            @Nullable String key,
            byte data) {
        return Identity.ofUnreadable(
                "app", new IncomingMessage("wire", attributes, headers, contentType, key, null, new byte[] {data}));
    }

    private void event(String source, String id) {
        arrive(cloudEvent(source, id, Map.of()));
    }

    private void keyed(String source, String id, String key) {
        arrive(cloudEvent(source, id, Map.of("businessid", key)));
    }

    private static IncomingMessage cloudEvent(String source, String id, Map<String, String> headers) {
        Map<String, String> attributes = Map.of("specversion", "1.0", "id", id, "source", source, "type", "known");
        return new IncomingMessage("wire", attributes, headers, null, null, "wire-0@1/1", new byte[0]);
    }

    private void plain(String position) {
        arrive(new IncomingMessage("plain", Map.of(), Map.of(), null, null, position, new byte[0]));
    }

    private void arrive(IncomingMessage message) {
        sample.arrive("it", message);
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    private List<String> dropped() {
        return sample.inbox.repetitions().stream()
                .filter(each -> each.count() > 0)
                .map(each -> each.channel() + " " + each.count() + " "
                        + each.last().map(ReceivedId::toString).orElse(""))
                .toList();
    }
}
