package dev.posthorn.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.posthorn.receive.FuzzedMessage.Sample;
import dev.posthorn.serialize.JsonbEventSerializer;
import dev.posthorn.spi.IncomingMessage;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever arrives is read as what was sent or is unreadable, in little time and memory. Each message follows from a seed; a failure names it,
 * and {@code -Dfuzz.seed} begins with it. {@code -Dfuzz.duration=PT1H} goes on for an hour.
 */
class ReceivingFuzzTest {

    private static final Duration DURATION = Duration.parse(System.getProperty("fuzz.duration", "PT20S"));
    private static final long FIRST_SEED = Long.getLong("fuzz.seed", new Random().nextLong());

    /** Of the processor, so that a busy machine makes no difference; the first messages of a run are slow. */
    private static final long MOST_NANOS = Duration.ofSeconds(2).toNanos();

    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final long MOST_BYTES = 50_000_000;
    private static final long MOST_BYTES_PER_BYTE = 400;

    /** What {@link JsonScan} says of a text that is no JSON. The other reader has to find so too, but passes over what follows the document. */
    private static final Pattern NO_DOCUMENT = Pattern.compile("The data (is no JSON|ends before)");

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final JsonbEventSerializer serializer = new JsonbEventSerializer();
    private final MessageReader reader = new MessageReader(channel -> Optional.empty());

    private volatile long seed = FIRST_SEED;
    private volatile @Nullable Throwable failure;

    private long read;
    private long unreadable;
    private long slowest;
    private long largest;

    /** Reading that never ends must not keep the build from doing so. */
    @Test
    void everythingIsReadAsWhatItIsOrIsUnreadable() throws InterruptedException {
        Thread worker = new Thread(this::work, "fuzz");
        worker.setDaemon(true);
        worker.start();
        worker.join(DURATION.plus(GRACE).toMillis());
        if (worker.isAlive()) {
            String stack = Arrays.stream(worker.getStackTrace())
                    .limit(20)
                    .map(String::valueOf)
                    .collect(Collectors.joining("\n"));
            fail("Reading does not end: -Dfuzz.seed=" + seed + " "
                    + described(new FuzzedMessage(seed, serializer).message) + "\n" + stack);
        }
        System.out.printf(
                "Receiving: %d fuzzed messages from seed %d, %d of them read; at most %d ms and %d KB for one.%n",
                read + unreadable, FIRST_SEED, read, slowest / 1_000_000, largest / 1000);
        if (failure != null) {
            fail("-Dfuzz.seed=" + seed + " " + described(new FuzzedMessage(seed, serializer).message), failure);
        }
        assertTrue(read + unreadable > 0);
    }

    private void work() {
        long until = System.nanoTime() + DURATION.toNanos();
        do {
            try {
                check(new FuzzedMessage(seed, serializer));
            } catch (Throwable e) {
                failure = e;
                return;
            }
            seed++;
        } while (System.nanoTime() - until < 0);
    }

    private void check(FuzzedMessage fuzzed) throws CharacterCodingException {
        long nanos = THREAD.getCurrentThreadCpuTime();
        long bytes = THREAD.getCurrentThreadAllocatedBytes();
        ReceivedEvent event = null;
        Sample sample = null;
        String refusal = "";
        try {
            event = reader.read(fuzzed.message);
            sample = deserialized(event);
        } catch (UnreadableMessageException e) {
            assertTrue(fuzzed.isDamaged, "it was valid: " + e.getMessage());
            refusal = String.valueOf(e.getMessage());
        }
        checkSpent(
                THREAD.getCurrentThreadCpuTime() - nanos,
                THREAD.getCurrentThreadAllocatedBytes() - bytes,
                fuzzed.message.data().length);
        if (event != null) {
            checkAttributes(fuzzed, event);
        }
        checkData(fuzzed, event, sample);
        if (NO_DOCUMENT.matcher(refusal).find()) {
            byte[] data = event == null ? fuzzed.message.data() : event.data();
            String contentType = event == null ? fuzzed.message.contentType() : event.contentType();
            assertThrows(RuntimeException.class, () -> parsed(data, contentType), refusal);
        }
    }

    /** As handlers' classes are read: any exception, or too small a stack, says that the data can't be. */
    private Sample deserialized(ReceivedEvent event) {
        try {
            return serializer.deserialize(event.data(), event.contentType(), Sample.class);
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnreadableMessageException("The data can't be read: " + e.getMessage(), e);
        }
    }

    private void checkSpent(long nanos, long bytes, int size) {
        slowest = Math.max(slowest, nanos);
        largest = Math.max(largest, bytes);
        assertTrue(nanos < MOST_NANOS, () -> "took " + nanos + " ns");
        assertTrue(bytes < MOST_BYTES + MOST_BYTES_PER_BYTE * size, () -> "took " + bytes + " bytes");
    }

    private static void checkAttributes(FuzzedMessage fuzzed, ReceivedEvent event) {
        IncomingMessage message = fuzzed.message;
        boolean isStructured =
                MediaType.of(String.valueOf(message.contentType())).name().startsWith("application/cloudevents");
        if (!isStructured) {
            assertEquals(message.attributes().get("id"), event.id());
            assertEquals(message.attributes().get("source"), event.source());
            assertEquals(message.attributes().get("type"), event.type());
            assertEquals(message.attributes().getOrDefault("partitionkey", message.key()), event.key());
            assertTrue(event.headers().entrySet().containsAll(message.headers().entrySet()));
            assertSame(message.data(), event.data());
        } else if (!fuzzed.isDamaged) {
            assertEquals("the id /fuzz Sample", event.id() + " " + event.source() + " " + event.type());
        }
    }

    private void checkData(FuzzedMessage fuzzed, @Nullable ReceivedEvent event, @Nullable Sample sample)
            throws CharacterCodingException {
        if (event == null || sample == null) {
            unreadable++;
            return;
        }
        read++;
        if (fuzzed.isDamaged) {
            try {
                compare(parsed(event.data(), event.contentType()), sample);
            } catch (UnsupportedOperationException e) {
                // The other reader takes no number of more than 1100 characters, such as one with an exponent of zeros:
                // nothing to compare.
            }
        } else {
            assertEquals(fuzzed.sample.toString(), sample.toString());
        }
    }

    /** By a strict decoder, and a reader of the whole document, which fail if it is none. */
    private static JsonObject parsed(byte[] data, @Nullable String contentType) throws CharacterCodingException {
        String text = MediaType.of(contentType == null ? "application/json" : contentType)
                .charsetOfData()
                .newDecoder()
                .decode(ByteBuffer.wrap(data))
                .toString();
        try (JsonReader json = Json.createReader(new StringReader(text.replaceFirst("^\uFEFF", "")))) {
            return json.readObject();
        }
    }

    private static void compare(JsonObject object, Sample sample) {
        if (object.get("count") instanceof JsonNumber number) {
            assertEquals(number.bigDecimalValue().intValueExact(), sample.count());
        }
        if (object.get("amount") instanceof JsonNumber number) {
            assertEquals(number.bigDecimalValue().longValueExact(), sample.amount());
        }
        if (object.get("ratio") instanceof JsonNumber number) {
            assertTrue(Double.isFinite(sample.ratio()));
            // JSON-P may give -0 as 0: the sum is 0 for both.
            assertEquals(number.doubleValue() + 0.0, sample.ratio() + 0.0);
        }
        if (object.get("price") instanceof JsonNumber number) {
            assertEquals(number.bigDecimalValue(), sample.price());
        }
        if (object.get("text") instanceof JsonString text) {
            assertEquals(text.getString(), sample.text());
        }
        if (object.get("inner") instanceof JsonObject inner && sample.inner() != null) {
            compare(inner, sample.inner());
        }
    }

    private static String described(IncomingMessage message) {
        String data = Base64.getEncoder().encodeToString(message.data());
        return message.attributes() + " " + message.contentType() + " "
                + (data.length() > 4000 ? data.substring(0, 4000) + "..." : data);
    }
}
