package dev.posthorn.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventMiddleware;
import dev.posthorn.EventMiddleware.WhenExhausted;
import dev.posthorn.HandlingContext;
import dev.posthorn.LogLines;
import dev.posthorn.inbox.Work;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenedWorkTest {

    record Small(String text) {}

    record Large(String text) {}

    private final SampleHandling handling = new SampleHandling();
    private final Logger logger = Logger.getLogger("dev.posthorn.inbox");
    private final LogLines log = new LogLines("dev.posthorn.inbox");

    OpenedWorkTest() {
        logger.setLevel(Level.WARNING);
        logger.setUseParentHandlers(false);
        handling.handler("one", Small.class);
        handling.handler("two", Large.class);
    }

    @AfterEach
    void close() {
        log.close();
        logger.setLevel(null);
        logger.setUseParentHandlers(true);
    }

    @Test
    void middlewareStandsAroundTheHandlersByPriorityWithTheTransactionInItsPlace() throws Exception {
        handling.middleware(100, Object.class, new Noting("outer"));
        handling.middleware(300, Object.class, new Noting("inner"));

        handling.open().handleAll(1, inside -> {
            handling.called.add("begin");
            inside.proceed();
            handling.called.add("commit");
        });
        assertEquals(
                List.of("outer", "begin", "inner", "one", "two", "inner ends", "commit", "outer ends"),
                handling.called);
        assertEquals(1, handling.scopes);
    }

    @Test
    void middlewareOfOtherEventsIsLeftOut() throws Exception {
        handling.middleware(100, Large.class, new Noting("of large ones"));

        handling.open().handle("one", 1, inside -> inside.proceed());
        assertEquals(List.of("one"), handling.called);
    }

    record Larger(String text) implements Sized {}

    interface Sized {}

    @Test
    void handlersAndMiddlewareOfAClassAreLeftOutWhenTheEventIsOfAnother() throws Exception {
        handling.handler("three", Larger.class);
        handling.readAs.put(Larger.class, Sized.class);
        handling.reading = wanted -> wanted == Sized.class ? new Sized() {} : new Small("text");
        handling.readAs.put(Large.class, Small.class);
        handling.middleware(100, Larger.class, new Noting("of larger ones"));
        handling.middleware(300, Sized.class, new Noting("of what no handler takes"));

        Work work = handling.open();
        assertEquals(List.of("one"), work.handlers());
        work.handleAll(1, inside -> inside.proceed());
        assertEquals(List.of("one"), handling.called);
        assertThrows(IllegalStateException.class, () -> work.compensate("three", 1, inside -> inside.proceed()));
    }

    @Test
    void theHandlingIsKnownOnItsThreadUntilItEnds() throws Exception {
        handling.middleware(100, Object.class, new EventMiddleware<Object>() {
            @Override
            public void around(Object event, HandlingContext context, Next next) throws Exception {
                assertSame(context, CurrentHandling.context().orElseThrow());
                assertEquals(3, context.attempt());
                next.proceed();
            }
        });
        handling.open().handleAll(3, inside -> inside.proceed());
        assertTrue(CurrentHandling.context().isEmpty());

        handling.fails("one", new NoClassDefFoundError("of the handler"));
        Work work = handling.open();
        assertThrows(NoClassDefFoundError.class, () -> work.handleAll(3, inside -> inside.proceed()));
        assertTrue(CurrentHandling.context().isEmpty());
    }

    @Test
    void compensationHasNoMiddleware() throws Exception {
        handling.middleware(100, Object.class, new Noting("outer"));

        handling.open().compensate("two", 1, inside -> inside.proceed());
        assertEquals(List.of("no two"), handling.called);
    }

    @Test
    void aHandlerThatIsNoMoreIsNamed() {
        Work work = handling.open();
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> work.handle("three", 1, inside -> inside.proceed()));
        assertTrue(String.valueOf(refusal.getMessage()).contains("three"), refusal::getMessage);
    }

    @Test
    void middlewareThatThrowsAnErrorWhenItIsToldOfAFailureKeepsItFromNobodyElse() {
        for (Throwable error :
                List.of(new IllegalStateException("bad"), new NoClassDefFoundError(), new Unprintable())) {
            handling.called.clear();
            SampleHandling fresh = handling;
            fresh.middleware(100, Object.class, new Noting("throws", error));
            fresh.middleware(200, Object.class, new Noting("next"));
            fresh.open().failed(1, new IllegalStateException("of a handler"));
            assertEquals("next failed", handling.called.get(handling.called.size() - 1));
            assertTrue(log.take().stream().allMatch(line -> line.startsWith("POSTHORN-5101")));
        }
    }

    @Test
    void middlewareThatThrowsOrReturnsNullHasNotDecided() {
        handling.middleware(100, Object.class, new Noting("throws", new NoClassDefFoundError()));
        handling.middleware(110, Object.class, new Noting("unprintable", new Unprintable()));
        handling.middleware(120, Object.class, new Undecided());
        assertEquals(WhenExhausted.UNDECIDED, exhausted());
        assertEquals(
                3,
                log.take().stream()
                        .filter(line -> line.startsWith("POSTHORN-5102"))
                        .count());

        handling.middleware(130, Object.class, new Noting("decides"));
        assertEquals(WhenExhausted.REFUSE, exhausted());
    }

    private WhenExhausted exhausted() {
        return handling.open().exhausted(3, new IllegalStateException("of a handler"));
    }

    /** Writes down that it is called, or throws. */
    private final class Noting implements EventMiddleware<Object> {

        private final String name;
        private final @Nullable Throwable failure;

        Noting(String name) {
            this(name, null);
        }

        Noting(String name, @Nullable Throwable failure) {
            this.name = name;
            this.failure = failure;
        }

        @Override
        public void around(Object event, HandlingContext context, Next next) throws Exception {
            handling.called.add(name);
            next.proceed();
            handling.called.add(name + " ends");
        }

        @Override
        public void failed(Object event, HandlingContext context, Throwable why) {
            mayThrow();
            handling.called.add(name + " failed");
        }

        @Override
        public WhenExhausted exhausted(Object event, HandlingContext context, Throwable why) {
            mayThrow();
            return WhenExhausted.REFUSE;
        }

        private void mayThrow() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }

    private static final class Undecided implements EventMiddleware<Object> {

        @Override
        @SuppressWarnings("NullAway") // that is what it is about
        public WhenExhausted exhausted(Object event, HandlingContext context, Throwable why) {
            return null;
        }
    }

    private static final class Unprintable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new IllegalStateException("It can't be printed.");
        }
    }
}
