package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.posthorn.messaging.FuzzedArrival.Protocol;
import dev.posthorn.spi.IncomingMessage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever connectors hand over is passed on: nothing is thrown, which would end the channel; data, ids and keys stay what they were, and
 * the same message is the same text each time it comes. Each follows from a seed; {@code -Dfuzz.seed} begins with it, and
 * {@code -Dfuzz.duration=PT1H} goes on for an hour.
 */
class ArrivingFuzzTest {

    private static final Duration DURATION = Duration.parse(System.getProperty("fuzz.duration", "PT10S"));
    private static final long FIRST_SEED = Long.getLong("fuzz.seed", new Random().nextLong());

    /** Of the processor, so that a busy machine makes no difference; the first messages of a run are slow. */
    private static final long MOST_NANOS = Duration.ofSeconds(2).toNanos();

    private static final long MOST_BYTES = 20_000_000;

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final MessageReaders readers = MessageReaders.ofVisibleLibraries();

    private long read;
    private long refused;
    private long slowest;
    private long largest;

    @Test
    void whateverArrivesIsPassedOnAsWhatItIs() {
        long until = System.nanoTime() + DURATION.toNanos();
        long seed = FIRST_SEED;
        do {
            FuzzedArrival arrival = FuzzedArrival.of(seed);
            try {
                check(arrival);
            } catch (Throwable e) {
                fail("-Dfuzz.seed=" + seed + " after " + read + " messages: " + arrival, e);
            }
            seed++;
        } while (System.nanoTime() - until < 0);
        System.out.printf(
                "Arriving: %d fuzzed messages from seed %d, %d more not taken by the client or connector; at most %d ms and %d KB for one.%n",
                read, FIRST_SEED, refused, slowest / 1_000_000, largest / 1000);
        assertTrue(read > 0);
    }

    private void check(FuzzedArrival arrival) throws Exception {
        Message<?> message = handedOver(arrival);
        if (message == null) {
            refused++;
            return;
        }
        IncomingMessage arrived = measured(message);
        read++;
        assertArrayEquals(arrival.data() == null ? new byte[0] : arrival.data(), arrived.data());
        assertSame(arrived, readers.read("orders", WireMessages.of(arrival)));
        if (arrival.isDamaged()) {
            checkIdsStayApart(arrival, arrived);
        } else {
            checkSent(arrival, arrived);
        }
    }

    /** Null if the client or the connector does not take it. */
    private static @Nullable Message<?> handedOver(FuzzedArrival arrival) throws Exception {
        try {
            return WireMessages.of(arrival);
        } catch (Exception | StackOverflowError e) {
            if (arrival.isDamaged()) {
                return null;
            }
            throw e;
        }
    }

    private IncomingMessage measured(Message<?> message) {
        long nanos = THREAD.getCurrentThreadCpuTime();
        long bytes = THREAD.getCurrentThreadAllocatedBytes();
        IncomingMessage arrived = readers.read("orders", message);
        nanos = THREAD.getCurrentThreadCpuTime() - nanos;
        bytes = THREAD.getCurrentThreadAllocatedBytes() - bytes;
        slowest = Math.max(slowest, nanos);
        largest = Math.max(largest, bytes);
        assertTrue(nanos < MOST_NANOS, "took " + nanos + " ns");
        assertTrue(bytes < MOST_BYTES, "took " + bytes + " bytes");
        return arrived;
    }

    /** Were an attribute another one when it comes again, the event would be handled again. */
    private static void assertSame(IncomingMessage arrived, IncomingMessage again) {
        assertEquals(arrived.attributes(), again.attributes());
        assertEquals(arrived.headers(), again.headers());
        assertEquals(arrived.contentType(), again.contentType());
        assertEquals(arrived.key(), again.key());
        assertEquals(arrived.position(), again.position());
        assertArrayEquals(arrived.data(), again.data());
    }

    private void checkIdsStayApart(FuzzedArrival arrival, IncomingMessage arrived) throws Exception {
        String attribute = arrival.protocol().prefix + "id";
        if (arrival.headers().keySet().stream().noneMatch(attribute::equalsIgnoreCase)) {
            IncomingMessage other = readers.read("orders", WireMessages.of(arrival.withOtherId()));
            assertNotEquals(arrived.attributes().get("id"), other.attributes().get("id"));
        }
    }

    private static void checkSent(FuzzedArrival arrival, IncomingMessage arrived) {
        Map<String, String> attributes = FuzzedArrival.SENT.entrySet().stream()
                .filter(sent -> !sent.getKey().equals("tenant"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        attributes.put("id", new String(arrival.id(), UTF_8));
        assertEquals(attributes, arrived.attributes());
        assertEquals(Map.of("tenant", FuzzedArrival.SENT.get("tenant")), arrived.headers());
        assertEquals(arrival.contentType(), arrived.contentType());
        if (arrival.protocol() == Protocol.KAFKA) {
            byte[] key = arrival.key();
            assertEquals(key == null ? null : new String(key, UTF_8), arrived.key());
            assertEquals("topic-3@7", arrived.position());
        } else {
            assertNull(arrived.key());
            assertNull(arrived.position());
        }
        assertEquals("orders", arrived.channel());
    }
}
