package dev.posthorn.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.LogLines;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event can be found in the log of who has sent it. */
class InboxLogTest {

    private final LogLines log = new LogLines("dev.posthorn.inbox");
    private final Queue<Runnable> threads = new ArrayDeque<>();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aFailureNamesTheIdThatTheSenderKnowsBesideTheIdempotencyKey() {
        String line = failureOf("invoice-1", 3);

        assertTrue(line.startsWith("POSTHORN-5001 "), line);
        assertTrue(line.contains("invoice-1 of key:known, sent as 4711 of /sender,"), line);
    }

    @Test
    void aDeathNamesItToo() {
        String line = failureOf("invoice-1", 1);

        assertTrue(line.startsWith("POSTHORN-5002 "), line);
        assertTrue(line.contains("invoice-1 of key:known, sent as 4711 of /sender,"), line);
    }

    @Test
    void withoutAnIdempotencyKeyTheIdIsNamedOnce() {
        String line = failureOf(null, 3);

        assertTrue(line.contains("4711 of /sender on channel in"), line);
        assertFalse(line.contains("sent as"), line);
    }

    private String failureOf(@Nullable String idempotencyKey, int maxAttempts) {
        SampleInbox sample = new SampleInbox(threads::add, maxAttempts, "in");
        sample.type.key = event -> idempotencyKey;
        sample.type.handling = event -> {
            throw new IllegalStateException("as always");
        };
        sample.arrive("in", "4711", null);
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
        List<String> lines = log.take();
        assertEquals(1, lines.size(), lines::toString);
        return lines.get(0);
    }
}
