package dev.posthorn.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Failures as {@link Printable} text, for logs and columns. Never throws: a failure may be of any class of the application, whose own
 * methods may throw or answer null.
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
            return text == null ? name : inOneLine(text);
        } catch (Throwable e) {
            return name + " (it can't be printed: its own methods throw "
                    + e.getClass().getName() + ")";
        }
    }

    /** The failure itself if loggers can print it with its stack trace as it is; otherwise one in its place that says the same. */
    public static Throwable printable(Throwable failure) {
        return LoggedFailure.of(failure);
    }

    static StackTraceElement[] stackTraceOf(Throwable failure) {
        try {
            return failure.getStackTrace().clone();
        } catch (Throwable e) {
            return new StackTraceElement[0];
        }
    }

    static Throwable[] suppressedOf(Throwable failure) {
        try {
            return failure.getSuppressed();
        } catch (Throwable e) {
            return new Throwable[0];
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

    /** The failure and its causes, from the outside in; not all of them if there are too many. */
    public static List<Throwable> chainOf(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable each = failure; each != null && chain.size() < MOST_CAUSES; each = causeOf(each)) {
            chain.add(each);
        }
        return chain;
    }

    /** The message alone, or the class of a failure that has none. */
    public static String messageOf(Throwable failure) {
        try {
            String message = failure.getMessage();
            return message == null ? failure.getClass().getName() : inOneLine(message);
        } catch (Throwable e) {
            return ofItself(failure);
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
        List<Throwable> chain = chainOf(failure);
        return chain.get(chain.size() - 1);
    }

    /** Many texts of failures have several lines. */
    private static String inOneLine(String text) {
        String beginning = text.length() > LONGEST ? text.substring(0, LONGEST + 1) : text;
        String line = beginning.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
        return Printable.upTo(LONGEST, line).toString();
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
