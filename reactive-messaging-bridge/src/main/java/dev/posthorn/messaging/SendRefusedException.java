package dev.posthorn.messaging;

import dev.posthorn.PosthornException;
import org.jspecify.annotations.Nullable;

/** The event did not get as far as the connector. Says nothing about the event itself. */
final class SendRefusedException extends PosthornException {

    private static final long serialVersionUID = 1L;

    SendRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
