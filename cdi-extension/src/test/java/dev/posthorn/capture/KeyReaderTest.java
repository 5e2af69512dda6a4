package dev.posthorn.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IdempotencyKey;
import dev.posthorn.Key;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyReaderTest {

    record Order(@Key @Nullable Object id) {}

    record Payment(@IdempotencyKey @Nullable Object number, @Key @Nullable String account) {}

    static class Computed {

        private final Supplier<String> key;

        Computed(Supplier<String> key) {
            this.key = key;
        }

        @Key
        String key() {
            return key.get();
        }
    }

    /** Says what it is as its test wants it. */
    record Id(Supplier<String> text) {

        @Override
        public String toString() {
            return text.get();
        }
    }

    @Test
    void aKeyIsItsText() {
        assertEquals("4711", KeyReader.of(Order.class).read(new Order(4711)));
        assertNull(KeyReader.of(Order.class).read(new Order(null)));
        assertNull(KeyReader.of(Order.class).read(new Order("")));
        assertEquals("b", KeyReader.of(Payment.class).read(new Payment("a", "b")));
        assertEquals("a", KeyReader.of(Payment.class, IdempotencyKey.class).read(new Payment("a", "b")));
    }

    @Test
    void aKeyWhoseTextThrowsCantBeRead() {
        IllegalStateException failure = new IllegalStateException("no text");
        assertSame(failure, refusal(new Order(new Id(throwing(failure)))).getCause());

        LinkageError error = new NoClassDefFoundError("of the key");
        assertSame(error, refusal(new Order(new Id(throwing(error)))).getCause());
    }

    @Test
    void aMethodThatThrowsIsNoKey() {
        IllegalStateException failure = new IllegalStateException("no key");
        EventNotPublishableException refusal =
                assertThrows(EventNotPublishableException.class, () -> KeyReader.of(Computed.class)
                        .read(new Computed(throwing(failure))));
        assertSame(failure, refusal.getCause());
    }

    @Test
    void aKeyWhoseTextIsNullIsRefusedWithTheRemedy() {
        String message =
                String.valueOf(refusal(new Order(new Id(KeyReaderTest::none))).getMessage());
        assertTrue(message.contains("@Key") && message.contains("toString() returns null"), message);
    }

    @Test
    void anErrorOfTheMachineSaysNothingOfTheKey() {
        OutOfMemoryError error = new OutOfMemoryError("simulated");
        assertSame(error, assertThrows(OutOfMemoryError.class, () -> KeyReader.of(Order.class)
                .read(new Order(new Id(throwing(error))))));
        assertSame(error, assertThrows(OutOfMemoryError.class, () -> KeyReader.of(Computed.class)
                .read(new Computed(throwing(error)))));
    }

    private static EventNotPublishableException refusal(Order order) {
        return assertThrows(EventNotPublishableException.class, () -> KeyReader.of(Order.class)
                .read(order));
    }

    private static Supplier<String> throwing(Throwable failure) {
        return () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    @SuppressWarnings("NullAway")
    private static String none() {
        return null;
    }
}
