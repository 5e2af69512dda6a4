package dev.posthorn.relay;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.LogLines;
import dev.posthorn.channel.Samples;
import dev.posthorn.node.ThisNode;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Unsent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the store says of the numbers of what it has stored: all of it is sent once, and marked under the number that it has. */
class NumberingTest {

    private static final long FIRST = 7;

    private final List<EventEnvelope> events = List.of(Samples.event("a"), Samples.event("a"), Samples.event("a"));
    private final Map<Long, EventEnvelope> table = new TreeMap<>();
    private final List<EventEnvelope> sent = new ArrayList<>();
    private final List<Long> marked = new ArrayList<>();
    private int reads;

    private final Relay relay =
            StubbedRelay.of(Map.of("channel", Samples.settings()), new ThisNode(Samples.NODE), () -> 0, this::answer);

    private final Passes passes = relay.passes().iterator().next();

    NumberingTest() {
        passes.table().run();
        reads = 0;
    }

    @Test
    void whatIsNumberedIsSentFromMemory() {
        assertEquals(List.of(), commit(List.of(7L, 8L, 9L)));
        assertEquals(0, reads);
        assertEachIsSentAndMarked();
    }

    @Test
    void whatIsNotNumberedIsReadBack() {
        assertEquals(List.of(), commit(List.of()));
        assertEachIsSentAndMarked();
    }

    @ParameterizedTest
    @MethodSource("brokenPromises")
    void whatIsNumberedWronglyIsReadBackAndSaidOnce(@Nullable List<Long> answer) {
        List<String> lines = commit(answer);
        assertEquals(
                1,
                lines.stream().filter(line -> line.startsWith("POSTHORN-2021")).count(),
                lines::toString);
        assertEachIsSentAndMarked();

        assertEquals(List.of(), commit(answer));
    }

    static Stream<@Nullable List<@Nullable Long>> brokenPromises() {
        return Stream.of(
                null,
                List.of(7L, 8L),
                List.of(7L, 8L, 9L, 10L),
                List.of(0L, 1L, 2L),
                List.of(-3L, -2L, -1L),
                List.of(7L, 9L, 8L),
                List.of(7L, 7L, 8L),
                Arrays.asList(7L, null, 9L));
    }

    /** @return what the log says */
    private List<String> commit(@Nullable List<Long> answer) {
        try (LogLines log = new LogLines("dev.posthorn.relay")) {
            for (EventEnvelope event : events) {
                table.put(FIRST + table.size(), event);
            }
            relay.committed(relay.stored(Samples.NODE, events, answer));
            for (int i = 0; i < 2 * events.size(); i++) {
                passes.table().run();
                passes.send().run();
            }
            relay.marking().run();
            return log.take();
        }
    }

    private void assertEachIsSentAndMarked() {
        assertEquals(events, sent);
        assertEquals(List.of(7L, 8L, 9L), marked);
    }

    private Unsent unsent(Set<?> inHand) {
        reads++;
        List<StoredEvent> rows = table.entrySet().stream()
                .filter(row -> !inHand.contains(row.getKey()) && !marked.contains(row.getKey()))
                .map(row -> new StoredEvent(row.getKey(), 0, row.getValue()))
                .toList();
        return new Unsent(rows, true);
    }

    private CompletableFuture<?> send(EventEnvelope event) {
        sent.add(event);
        return CompletableFuture.completedFuture(null);
    }

    private int mark(Collection<?> numbers) {
        numbers.forEach(number -> marked.add((Long) requireNonNull(number)));
        return numbers.size();
    }

    private @Nullable Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "unsent" -> unsent((Set<?>) arguments[3]);
            case "turns" -> Samples.now((Collection<?>) arguments[2]);
            case "send" -> arguments.length == 1 && arguments[0] instanceof EventEnvelope event ? send(event) : null;
            case "markDelivered" -> mark((Collection<?>) arguments[2]);
            default -> null;
        };
    }
}
