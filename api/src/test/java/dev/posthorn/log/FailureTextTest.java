package dev.posthorn.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailureTextTest {

    @Test
    void aFailureIsWrittenWithItsCauses() {
        Throwable failure = new IllegalStateException("outer", new IllegalArgumentException("inner"));

        assertEquals(
                "java.lang.IllegalStateException: outer; caused by java.lang.IllegalArgumentException: inner",
                FailureText.of(failure));
        assertEquals("java.lang.IllegalStateException: outer", FailureText.ofItself(failure));
        assertSame(failure, FailureText.printable(failure));
    }

    @Test
    void aFailureWhoseMethodsThrowIsWrittenAsItsClass() {
        for (Supplier<String> bad : bad()) {
            Throwable failure = new Foreign(bad, null);
            assertTrue(FailureText.of(failure).startsWith(Foreign.class.getName()), FailureText.of(failure));
            Throwable wrapped = new IllegalStateException("outer", failure);
            assertTrue(FailureText.of(wrapped).contains(Foreign.class.getName()), FailureText.of(wrapped));
        }
    }

    @Test
    void aFailureWhoseTextIsNullIsWrittenAsItsClass() {
        assertEquals(Foreign.class.getName(), FailureText.of(new Foreign(FailureTextTest::none, null)));
    }

    @Test
    void aFailureThatDoesNotTellItsCauseIsWrittenWithoutIt() {
        Throwable failure = new Foreign(() -> "text", () -> {
            throw new IllegalStateException("no cause");
        });

        assertEquals("text", FailureText.of(failure));
        assertEquals(null, FailureText.causeOf(failure));
    }

    @Test
    void causesThatGoRoundAndTextsWithoutEndAreBounded() {
        Throwable one = new IllegalStateException("one");
        Throwable other = new IllegalStateException("other", one);
        one.initCause(other);

        assertEquals(2000, FailureText.of(one).length());
        assertEquals(
                2000,
                FailureText.of(new IllegalStateException("x".repeat(1_000_000))).length());
        assertTrue(Set.of(one, other).contains(FailureText.rootOf(one)));
    }

    @Test
    void whatIsBehindAFailureIsFound() {
        Throwable root = new IllegalArgumentException("root");
        Throwable failure = new IllegalStateException("outer", root);

        assertSame(root, FailureText.rootOf(failure));
        assertSame(root, FailureText.rootOf(root));
        assertSame(failure, FailureText.unwrapped(new CompletionException(new ExecutionException(failure))));
        assertSame(failure, FailureText.unwrapped(failure));
        Throwable empty = new CompletionException("nothing in it", null);
        assertSame(empty, FailureText.unwrapped(empty));
    }

    @Test
    void whatCantBePrintedIsReplacedByWhatCanAndKeepsItsStackTrace() {
        for (Supplier<String> bad : bad()) {
            Throwable failure = new IllegalStateException(new Foreign(() -> "fine", null));
            failure.addSuppressed(new Foreign(bad, null));
            Throwable printable = FailureText.printable(failure);
            assertNotSame(failure, printable);
            assertArrayEquals(failure.getStackTrace(), printable.getStackTrace());
            StringWriter text = new StringWriter();
            printable.printStackTrace(new PrintWriter(text));
            assertTrue(text.toString().contains("java.lang.IllegalStateException"), text::toString);
        }
    }

    private static Iterable<Supplier<String>> bad() {
        return java.util.List.of(
                () -> {
                    throw new IllegalStateException("no text");
                },
                () -> {
                    throw new NoClassDefFoundError("no class");
                },
                FailureTextTest::endless);
    }

    @SuppressWarnings({"InfiniteRecursion", "NullAway"})
    private static String endless() {
        return endless() + "!";
    }

    @SuppressWarnings("NullAway")
    private static String none() {
        return null;
    }

    /** An exception of an application that does not care. */
    private static final class Foreign extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Supplier<String> text;
        private final transient @Nullable Supplier<Throwable> cause;

        Foreign(Supplier<String> text, @Nullable Supplier<Throwable> cause) {
            this.text = text;
            this.cause = cause;
        }

        @Override
        public String toString() {
            return text.get();
        }

        @Override
        public synchronized @Nullable Throwable getCause() {
            return cause == null ? null : cause.get();
        }
    }
}
