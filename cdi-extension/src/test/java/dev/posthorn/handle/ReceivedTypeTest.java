package dev.posthorn.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.IdempotencyKey;
import dev.posthorn.inbox.Work;
import dev.posthorn.receive.UnreadableMessageException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReceivedTypeTest {

    record Small(String text) {}

    record Large(@IdempotencyKey @Nullable Object number) {}

    private final SampleHandling handling = new SampleHandling();

    @Test
    void anEventIsReadOnceIntoEachClassOfItsHandlers() throws Exception {
        handling.handler("one", Small.class);
        handling.handler("two", Small.class);
        handling.handler("three", Large.class);

        Work work = handling.open();
        assertEquals(List.of(Small.class, Large.class), handling.read);
        assertEquals(List.of("one", "two", "three"), work.handlers());
        work.handleAll(1, inside -> inside.proceed());
        assertEquals(List.of("one", "two", "three"), handling.called);
    }

    @Test
    void whateverReadingThrowsTheEventCantBeReadAndTheCauseIsTold() {
        handling.handler("one", Small.class);
        for (Throwable failure : List.of(
                new IllegalStateException("no JSON"),
                new AssertionError("an adapter"),
                new NoClassDefFoundError(),
                // Of what is nested too deeply for this thread.
                new StackOverflowError())) {
            handling.reading = SampleHandling.throwing(failure);
            UnreadableMessageException refusal = assertThrows(UnreadableMessageException.class, () -> handling.open());
            assertSame(failure, refusal.getCause());
            assertTrue(String.valueOf(refusal.getMessage()).contains(Small.class.getName()), refusal::getMessage);
        }
    }

    @Test
    void anErrorOfTheMachineSaysNothingOfTheEvent() {
        handling.handler("one", Small.class);
        handling.reading = SampleHandling.throwing(new OutOfMemoryError("simulated"));
        assertThrows(OutOfMemoryError.class, handling::open);
    }

    @Test
    @SuppressWarnings("NullAway") // that is what it is about
    void aSerializerThatReturnsNullHasNotReadTheEvent() {
        handling.handler("one", Small.class);
        handling.reading = wanted -> null;
        UnreadableMessageException refusal = assertThrows(UnreadableMessageException.class, handling::open);
        assertTrue(String.valueOf(refusal.getMessage()).contains("returned null"), refusal::getMessage);
    }

    @Test
    void theIdempotencyKeyIsThatOfWhicheverClassHasOne() {
        handling.handler("one", Small.class);
        handling.handler("two", Large.class);
        handling.reading = wanted -> wanted == Small.class ? new Small("text") : new Large(4711);
        assertEquals("4711", handling.open().idempotencyKey());
        handling.reading = wanted -> wanted == Small.class ? new Small("text") : new Large(null);
        assertNull(handling.open().idempotencyKey());
    }

    @Test
    void anIdempotencyKeyThatThrowsMeansThatTheEventCantBeRead() {
        IllegalStateException failure = new IllegalStateException("no text");
        handling.handler("one", Large.class);
        handling.reading = wanted -> new Large(new Object() {
            @Override
            public String toString() {
                throw failure;
            }
        });
        Work work = handling.open();
        UnreadableMessageException refusal = assertThrows(UnreadableMessageException.class, work::idempotencyKey);
        assertSame(failure, refusal.getCause());
    }
}
