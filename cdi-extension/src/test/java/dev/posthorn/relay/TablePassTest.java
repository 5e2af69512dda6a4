package dev.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.PosthornException;
import dev.posthorn.channel.Samples;
import dev.posthorn.node.ThisNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A hundred thousand keys wait behind dead events: whoever looks at all of them must let others in between. */
class TablePassTest {

    private static final int KEYS = 100_000;

    private final TreeSet<String> waiting = new TreeSet<>(
            IntStream.range(0, KEYS).mapToObj(i -> String.format("%06d", i)).toList());
    private final List<String> lookedAt = new ArrayList<>();
    private final ThisNode node = new ThisNode(Samples.NODE);
    private boolean wasWoken;
    private int reads;
    private int failsAtPage = -1;
    private int pages;

    private final Relay relay = StubbedRelay.of(Map.of("channel", Samples.settings()), node, () -> 0, this::answer);

    private final Passes passes = relay.passes().iterator().next();

    @Test
    void aSweepReadsInBetween() {
        int made = 0;
        do {
            int before = pages;
            wasWoken = false;
            passes.channel().wantRead();
            passes.table().run();
            made++;
            assertTrue(pages - before <= 10, "few pages for a pass");
            assertEquals(made, reads, "each pass reads");
        } while (wasWoken);
        assertEquals(11, made);
        assertEquals(List.copyOf(waiting), lookedAt, "each key once");
    }

    @Test
    void aSweepThatIsAskedForMeanwhileComesAfterwards() {
        passes.table().run();
        relay.rescan();
        runAll();
        assertEquals(2 * KEYS, lookedAt.size());
        assertEquals(waiting, new HashSet<>(lookedAt));
    }

    @Test
    void aFailureIsNotTheEndOfIt() {
        failsAtPage = 42;
        runAll();
        assertEquals(waiting, new HashSet<>(lookedAt));
    }

    @Test
    void whoMayNotActGoesOnLater() {
        passes.table().run();
        node.mayAct = false;
        wasWoken = false;
        passes.table().run();
        assertFalse(wasWoken, "the pulse is soon enough");
        node.mayAct = true;
        relay.pulse();
        assertTrue(wasWoken);
    }

    private void runAll() {
        for (int i = 0; i < 100 && passes.channel().table().isWanted(0); i++) {
            passes.table().run();
        }
        assertFalse(passes.channel().table().isWanted(0));
    }

    private @Nullable Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "unsent" -> read();
            case "waitingKeys" -> page((String) arguments[2], (Integer) arguments[3]);
            case "release" -> release((Collection<?>) arguments[2]);
            case "table" -> {
                wasWoken = true;
                yield null;
            }
            default -> null;
        };
    }

    private Object read() {
        reads++;
        return Samples.allOf();
    }

    private List<String> page(String after, int limit) {
        if (++pages == failsAtPage) {
            throw new PosthornException("away");
        }
        return waiting.tailSet(after, false).stream().limit(limit).toList();
    }

    private Set<String> release(Collection<?> keys) {
        keys.forEach(key -> lookedAt.add((String) key));
        return Set.of();
    }
}
