package dev.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.EventDied;
import dev.posthorn.EventInfo;
import dev.posthorn.PosthornException;
import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Samples;
import dev.posthorn.node.ThisNode;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.UnreadableEvent;
import dev.posthorn.spi.Unsent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that the store can't read are buried, and the others read on. */
class UnreadableRowsTest {

    private final List<String> calls = new ArrayList<>();
    private final Map<Long, String> table = new TreeMap<>();
    private boolean burialFails;

    private final Relay relay =
            StubbedRelay.of(Map.of("channel", Samples.settings()), new ThisNode(Samples.NODE), () -> 0, this::answer);

    private final Passes passes = relay.passes().iterator().next();
    private final Channel channel = passes.channel();
    private final long bad = 1;
    private final EventEnvelope good = Samples.event("a");

    @Test
    void theyAreBuriedOnceAndTheOthersRead() {
        table.put(bad, "when_dead is 9");

        pass();

        assertEquals(List.of("bury 3 when_dead is 9", "died Sample 3 when_dead is 9"), calls);
        assertEquals(1, channel.status().events());
    }

    @Test
    void ifThatFailsTheyAreFoundAgain() {
        table.put(bad, "when_dead is 9");
        burialFails = true;
        pass();
        assertEquals(List.of("bury 3 when_dead is 9"), calls);
        calls.clear();

        burialFails = false;
        pass();
        assertEquals(List.of("bury 3 when_dead is 9", "died Sample 3 when_dead is 9"), calls);
        assertEquals(1, channel.status().events());
    }

    private void pass() {
        passes.table().run();
        relay.notifications().run();
    }

    private Unsent unsent(Set<?> inHand) {
        List<UnreadableEvent> unreadable = table.entrySet().stream()
                .map(row -> new UnreadableEvent(row.getKey(), info(row.getKey()), 3, row.getValue()))
                .toList();
        List<StoredEvent> events = inHand.contains(2L) ? List.of() : List.of(new StoredEvent(2, 0, good));
        return new Unsent(events, true, unreadable);
    }

    private static EventInfo info(Long seq) {
        return new EventInfo("id " + seq, "Sample", "test", "channel", "topic", null);
    }

    private boolean bury(Object number, Object attempts, Object error) {
        calls.add("bury " + attempts + " " + error);
        if (burialFails) {
            throw new PosthornException("away");
        }
        return table.remove(number) != null;
    }

    private @Nullable Object died(EventDied died) {
        calls.add("died " + died.event().type() + " " + died.attempts() + " "
                + died.error().getMessage());
        return null;
    }

    private @Nullable Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "unsent" -> unsent((Set<?>) arguments[3]);
            case "markDead" -> bury(arguments[2], arguments[3], arguments[4]);
            case "died" -> died((EventDied) arguments[0]);
            default -> null;
        };
    }
}
