package dev.posthorn.failure;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Failures as text, for logs and columns. Never throws: a failure may be of any class of the application, whose own methods may throw
 * or answer null.
 */
public final class FailureText {

    private static final int LONGEST = 2000;

    /** Causes may go round. */
    private static final int MOST_CAUSES = 100;

    private FailureText() {}

    /** A failure and its causes, in at most 2000 characters. */
    public static String of(Throwable failure) {
        StringBuilder text = new StringBuilder(ofItself(failure));
        for (Throwable cause = causeOf(failure); cause != null && text.length() < LONGEST; cause = causeOf(cause)) {
            text.append("; caused by ").append(ofItself(cause));
        }
        return shortened(text.toString());
    }

    /** A failure without its causes. */
    public static String ofItself(Throwable failure) {
        String name = failure.getClass().getName();
        try {
            String text = failure.toString();
            return text == null ? name : shortened(text);
        } catch (Throwable e) {
            return name + " (it can't be printed: its own methods throw "
                    + e.getClass().getName() + ")";
        }
    }

    /** The failure itself if it can be printed with its stack trace; otherwise one in its place that says what is known of it. */
    public static Throwable printable(Throwable failure) {
        try {
            failure.printStackTrace(new PrintWriter(Writer.nullWriter()));
            return failure;
        } catch (Throwable e) {
            Throwable inItsPlace = new Unprintable(of(failure));
            inItsPlace.setStackTrace(stackTraceOf(failure));
            return inItsPlace;
        }
    }

    private static StackTraceElement[] stackTraceOf(Throwable failure) {
        try {
            return failure.getStackTrace().clone();
        } catch (Throwable e) {
            return new StackTraceElement[0];
        }
    }

    /** Null if there is no cause, or the failure does not say. */
    public static @Nullable Throwable causeOf(Throwable failure) {
        try {
            return failure.getCause();
        } catch (Throwable e) {
            return null;
        }
    }

    /** What is behind the wrappers of futures. */
    public static Throwable unwrapped(Throwable failure) {
        Throwable inside = failure;
        Throwable cause = causeOf(inside);
        for (int depth = 0; isWrapper(inside) && cause != null && depth < MOST_CAUSES; depth++) {
            inside = cause;
            cause = causeOf(inside);
        }
        return inside;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof CompletionException || failure instanceof ExecutionException;
    }

    /** The cause behind all others, or the failure itself if it has none. */
    public static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        Throwable cause = causeOf(root);
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            root = cause;
            cause = causeOf(root);
        }
        return root;
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** Takes the place of a failure that can't be printed. */
    private static final class Unprintable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unprintable(String text) {
            super(text);
        }
    }
}
