package dev.posthorn.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IdempotencyKey;
import dev.posthorn.Key;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
    void theKeyOfAnOptionalIsThatOfWhatIsInIt() {
        assertEquals("4711", KeyReader.of(Order.class).read(new Order(Optional.of(4711))));
        assertNull(KeyReader.of(Order.class).read(new Order(Optional.empty())));
        assertNull(KeyReader.of(Order.class).read(new Order(Optional.of(""))));
        assertEquals("7", KeyReader.of(Order.class).read(new Order(OptionalLong.of(7))));
        assertNull(KeyReader.of(Order.class).read(new Order(OptionalInt.empty())));
        assertEquals("1.5", KeyReader.of(Order.class).read(new Order(OptionalDouble.of(1.5))));
        assertNull(KeyReader.of(Order.class).read(new Order(OptionalDouble.empty())));
    }

    record Bytes(@Key byte[] id) {}

    static class Texts {

        @Key
        String[] id() {
            return new String[0];
        }
    }

    record Bare(@Key Object id) {}

    @Test
    void anArrayIsNoKey() {
        for (Class<?> type : List.of(Bytes.class, Texts.class)) {
            String message = String.valueOf(assertThrows(EventNotPublishableException.class, () -> KeyReader.of(type))
                    .getMessage());
            assertTrue(message.startsWith("POSTHORN-1204 The @Key"), message);
            assertTrue(message.contains("on a method without parameters that returns the value as text"), message);
        }
    }

    /** Equal ones would be different keys. */
    @Test
    void whatHasNoTextOfItsOwnIsNoKey() {
        for (Object value : List.of(new byte[] {1}, new Object(), Optional.of(new int[0]))) {
            EventNotPublishableException refusal =
                    assertThrows(EventNotPublishableException.class, () -> KeyReader.of(Bare.class)
                            .read(new Bare(value)));
            assertTrue(String.valueOf(refusal.getMessage()).startsWith("POSTHORN-1204"), refusal::getMessage);
        }
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
