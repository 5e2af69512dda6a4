package dev.posthorn.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;
import dev.posthorn.Stub;
import dev.posthorn.capture.Envelopes.Deviations;
import dev.posthorn.config.MapConfig;
import dev.posthorn.serialize.JsonbEventSerializer;
import dev.posthorn.serialize.SerializerRules;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventSerializer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The snapshot of an event is what was meant, or there is none. */
public class EnvelopesTest {

    @IntegrationEvent
    public record Order(@Key @Nullable Object id) {}

    @IntegrationEvent
    public static class Chain {

        public @Nullable Chain next;
    }

    @IntegrationEvent
    public static class Contents {

        public Map<String, Object> all = new HashMap<>();
    }

    private final PublishedTypes types =
            new PublishedTypes(MapConfig.of(), Set.of("posthorn"), SerializerRules.UNKNOWN);

    @Test
    void anEmptyKeyIsNoneWhoeverNamesIt() {
        assertEquals("4711", keyOf("4711", null));
        assertEquals("other", keyOf("4711", "other"));
        assertNull(keyOf("4711", ""));
        assertNull(keyOf("", null));
        assertEquals(" ", keyOf("4711", " "));
    }

    private @Nullable String keyOf(String own, @Nullable String deviating) {
        return snapshot(new Order(own), new Deviations(null, deviating, Map.of()));
    }

    @Test
    void aKeyThatCantBeStoredIsRefused() {
        assertRefused("POSTHORN-1205", new Order("a\0b"));
        assertRefused("POSTHORN-1205", new Order("a\uD800b"));
        assertRefused("POSTHORN-1205", new Order("a\uDC00"));
        assertEquals("\uD83D\uDE00", keyOf("\uD83D\uDE00", null));
    }

    @Test
    void aKeyWhoseTextEndsNeverIsRefused() {
        List<Object> itself = new java.util.ArrayList<>();
        itself.add(List.of(itself));
        assertRefused("refers to itself", new Order(itself));
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        Chain chain = new Chain();
        for (int i = 0; i < 100_000; i++) {
            Chain longer = new Chain();
            longer.next = chain;
            chain = longer;
        }
        assertRefused("", chain);
    }

    /** In JSON of the built-in serializer; what another one can read is its own. */
    @Test
    void whatNoReceiverCouldReadIsRefused() {
        assertRefused("POSTHORN-1225", contents("deep", nested(499)));
        assertRefused("POSTHORN-1225", contents("large", new BigDecimal("1e400")));
        assertRefused("POSTHORN-1225", contents("large", BigInteger.TEN.pow(1000)));
        assertRefused("POSTHORN-1225", contents("digits", "9".repeat(20_001)));

        byte[] deep = "[".repeat(501).getBytes(UTF_8);
        EventSerializer own = Stub.of(
                EventSerializer.class, (method, arguments) -> method.equals("serialize") ? deep : "application/json");
        assertSame(deep, snapshot(own, contents("a", "b")).data());
    }

    @Test
    void whatIsWithinTheBoundsOfReceiversIsPublished() {
        Contents contents = contents("deep", nested(498));
        contents.all.put("double", Double.MAX_VALUE);
        contents.all.put("integer", BigInteger.TEN.pow(308));
        contents.all.put("digits", "9".repeat(20_000));

        assertEquals(contents.all.keySet(), published(contents).all.keySet());
    }

    private static JsonArray nested(int depth) {
        JsonArray array = JsonValue.EMPTY_JSON_ARRAY;
        for (int i = 1; i < depth; i++) {
            array = Json.createArrayBuilder().add(array).build();
        }
        return array;
    }

    @SuppressWarnings("unchecked")
    private <T> T published(T event) {
        JsonbEventSerializer serializer = new JsonbEventSerializer();
        EventEnvelope published = snapshot(serializer, event);
        return serializer.deserialize(published.data(), published.contentType(), (Class<T>) event.getClass());
    }

    private static Contents contents(String name, Object value) {
        Contents contents = new Contents();
        contents.all.put(name, value);
        return contents;
    }

    @Test
    void whatContainsItselfIsRefused() {
        Contents contents = new Contents();
        contents.all.put("itself", contents.all);
        assertRefused("", contents);
    }

    @Test
    void whateverASerializerThrowsTheEventIsRefusedAndTheCauseIsTold() {
        for (Throwable failure : List.of(
                new IllegalStateException("no JSON"), new AssertionError("an adapter"), new NoClassDefFoundError())) {
            EventSerializer failing = Stub.of(EventSerializer.class, (method, arguments) -> {
                if (method.equals("serialize")) {
                    throw failure;
                }
                return "text/plain";
            });
            assertSame(failure, refusal(failing, new Order("4711")).getCause());
        }
        EventSerializer none =
                Stub.of(EventSerializer.class, (method, arguments) -> method.equals("serialize") ? null : "text/plain");
        assertTrue(String.valueOf(refusal(none, new Order("4711")).getCause()).contains("returned null"));
    }

    private void assertRefused(String text, Object event) {
        EventNotPublishableException refusal = refusal(new JsonbEventSerializer(), event);
        assertTrue(String.valueOf(refusal.getMessage()).contains(text), refusal::getMessage);
    }

    private EventNotPublishableException refusal(EventSerializer serializer, Object event) {
        return assertThrows(EventNotPublishableException.class, () -> snapshot(serializer, event));
    }

    private EventEnvelope snapshot(EventSerializer serializer, Object event) {
        return new Envelopes(serializer, "test", Clock.systemUTC())
                .snapshot(event, types.of(event.getClass()).orElseThrow(), Deviations.NONE);
    }

    private @Nullable String snapshot(Object event, Deviations deviations) {
        return new Envelopes(new JsonbEventSerializer(), "test", Clock.systemUTC())
                .snapshot(event, types.of(event.getClass()).orElseThrow(), deviations)
                .key();
    }
}
