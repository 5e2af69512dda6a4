package dev.posthorn.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void ordinaryTextsAreShownAsTheyAre() {
        for (String text : List.of(
                "",
                "4711",
                "größe",
                "ключ",
                "鍵 🔑",
                "https://a.b/c?d=e#f",
                "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")) {
            assertEquals(text, Printable.text(text));
        }
        assertEquals("null", Printable.text(null));
        assertEquals("7", Printable.text(7));
    }

    @Test
    void nothingLooksLikeALineOfItsOwnOrIsACommandOrHides() {
        assertEquals("x??FORGED", Printable.text("x\r\nFORGED"));
        assertEquals(
                "a?b?c?d?e?f?g?h?i?j?k",
                Printable.text("a\tb\u001bc\u0085d\u2028e\u2029f\u202eg\u2066h\u0000i\ufeffj\u007fk"));
        assertEquals("?x?", Printable.text("\ud800x\udfff"));
        assertEquals("🔑", Printable.text("\ud83d\udd11"));
    }

    @Test
    void lengthsAreBoundedWithoutLookingAtAll() {
        assertEquals("x".repeat(200), Printable.text("x".repeat(200)));
        assertEquals("x".repeat(200) + "...", Printable.text("x".repeat(1_000_000)));
        assertEquals(1003, Printable.text(List.of("x".repeat(10_000))).length());
        assertEquals("?...", Printable.upTo(1, "🔑").toString());
    }

    @Test
    void whatCantBePrintedIsNamed() {
        Object bad = new Object() {
            @Override
            public String toString() {
                throw new NoClassDefFoundError("x");
            }
        };
        Object none = new Object() {
            @Override
            @SuppressWarnings("NullAway")
            public String toString() {
                return null;
            }
        };
        assertEquals("(it can't be printed: java.lang.NoClassDefFoundError)", Printable.text(bad));
        assertEquals("null", Printable.text(none));
    }

    @Test
    void recordsAreShownComponentByComponent() {
        assertEquals("Some[text=a?b, data=(3), other=null]", new Some("a\nb", new byte[3], null).toString());
        assertEquals(
                "Some[text=" + "x".repeat(200) + "..., data=(0), other=?]",
                new Some("x".repeat(201), new byte[0], "\0").toString());
    }

    @Test
    void stackTracesSayNothingRaw() {
        Exception harmless = new IllegalStateException("harmless", new IllegalArgumentException("cause"));
        assertSame(harmless, FailureText.printable(harmless));

        Exception cause = new IllegalArgumentException("x\nFORGED cause");
        Exception failure = new IllegalStateException("x\r\nFORGED", cause);
        cause.initCause(failure);
        failure.addSuppressed(new Exception("\nFORGED suppressed"));
        Throwable printable = FailureText.printable(failure);
        assertNotSame(failure, printable);
        String trace = trace(printable);
        assertTrue(trace.startsWith("java.lang.IllegalStateException: x  FORGED" + System.lineSeparator()), trace);
        assertTrue(trace.contains("Caused by: java.lang.IllegalArgumentException: x FORGED cause"), trace);
        assertTrue(trace.contains("Suppressed: java.lang.Exception:  FORGED suppressed"), trace);
        assertTrue(trace.contains("at dev.posthorn.log.PrintableTest.stackTracesSayNothingRaw"), trace);
        assertFalse(trace.lines().anyMatch(line -> line.startsWith("FORGED")), trace);
    }

    @Test
    void chainsWithoutEndAreCut() {
        Exception failure = new Exception("root");
        for (int i = 0; i < 10_000; i++) {
            failure = new Exception(i + "\n", failure);
        }
        Throwable printable = FailureText.printable(failure);
        int depth = 0;
        for (Throwable each = printable; each != null; each = each.getCause()) {
            depth++;
        }
        assertEquals(100, depth);
        assertEquals(100, FailureText.chainOf(failure).size());
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Some(String text, byte[] data, @Nullable String other) {
        @Override
        public String toString() {
            return Printable.record(this);
        }
    }
}
