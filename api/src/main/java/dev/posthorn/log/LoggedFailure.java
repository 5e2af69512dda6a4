package dev.posthorn.log;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Takes the place of a failure in a log: with its class, its causes and its stack traces, but with texts that may be shown. */
final class LoggedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With causes and what is suppressed. Causes may go round. */
    private static final int MOST_FAILURES = 100;

    /** As many as the virtual machine notes by itself. */
    private static final int MOST_FRAMES = 1024;

    private LoggedFailure(String text, StackTraceElement[] frames) {
        super(text);
        setStackTrace(frames);
    }

    static Throwable of(Throwable failure) {
        return isPrintable(failure, seen()) ? failure : copy(failure, seen());
    }

    private static Set<Throwable> seen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static boolean isPrintable(Throwable failure, Set<Throwable> seen) {
        if (!seen.add(failure) || seen.size() > MOST_FAILURES || !saysNoMoreThanItsText(failure)) {
            return false;
        }
        Throwable cause = FailureText.causeOf(failure);
        return (cause == null || isPrintable(cause, seen))
                && Arrays.stream(FailureText.suppressedOf(failure)).allMatch(each -> isPrintable(each, seen));
    }

    private static boolean saysNoMoreThanItsText(Throwable failure) {
        try {
            StackTraceElement[] frames = failure.getStackTrace();
            boolean hasItsOwnPrint = failure.getClass()
                            .getMethod("printStackTrace", PrintWriter.class)
                            .getDeclaringClass()
                    != Throwable.class;
            return !hasItsOwnPrint
                    && failure.toString().equals(FailureText.ofItself(failure))
                    && frames.length <= MOST_FRAMES
                    && Arrays.equals(frames, printable(frames));
        } catch (Throwable e) {
            return false;
        }
    }

    private static LoggedFailure copy(Throwable failure, Set<Throwable> seen) {
        seen.add(failure);
        LoggedFailure copy =
                new LoggedFailure(FailureText.ofItself(failure), printable(FailureText.stackTraceOf(failure)));
        Throwable cause = FailureText.causeOf(failure);
        if (cause != null && isNext(cause, seen)) {
            copy.initCause(copy(cause, seen));
        }
        for (Throwable suppressed : FailureText.suppressedOf(failure)) {
            if (isNext(suppressed, seen)) {
                copy.addSuppressed(copy(suppressed, seen));
            }
        }
        return copy;
    }

    private static boolean isNext(Throwable failure, Set<Throwable> seen) {
        return seen.size() < MOST_FAILURES && !seen.contains(failure);
    }

    private static StackTraceElement[] printable(StackTraceElement[] frames) {
        return Arrays.stream(frames)
                .limit(MOST_FRAMES)
                .map(LoggedFailure::printable)
                .toArray(StackTraceElement[]::new);
    }

    /** Frames of failures that came from elsewhere can say anything. */
    private static StackTraceElement printable(StackTraceElement frame) {
        String text = frame.toString();
        return Printable.upTo(text.length(), text).toString().equals(text) && text.length() <= 1000
                ? frame
                : new StackTraceElement(
                        Printable.text(frame.getClassName()),
                        Printable.text(frame.getMethodName()),
                        Printable.text(frame.getFileName()),
                        frame.getLineNumber());
    }

    /** The text begins with the class of the failure. */
    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}
