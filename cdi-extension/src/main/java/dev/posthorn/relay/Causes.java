package dev.posthorn.relay;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Why a send failed, in short. */
final class Causes {

    private Causes() {}

    /** What is behind the wrappers of futures. */
    static Throwable of(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String text(Throwable error) {
        Throwable cause = of(error);
        String message = message(cause);
        return message == null ? cause.getClass().getName() : cause.getClass().getSimpleName() + ": " + message;
    }

    /** Exceptions of clients may fail even at that. */
    private static @Nullable String message(Throwable error) {
        try {
            return error.getMessage();
        } catch (Throwable e) {
            return "its message can't be read";
        }
    }
}
