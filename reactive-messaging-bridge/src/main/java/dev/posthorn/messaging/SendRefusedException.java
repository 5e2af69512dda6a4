package dev.posthorn.messaging;

import dev.posthorn.PosthornException;
import dev.posthorn.spi.FailureClassifier.Failure;
import org.jspecify.annotations.Nullable;

/** The event did not get as far as the connector. Says nothing about the event itself. */
final class SendRefusedException extends PosthornException {

    private static final long serialVersionUID = 1L;

    private final Failure meaning;

    SendRefusedException(Failure meaning, String message, @Nullable Throwable cause) {
        super(BridgeMessages.said(message), cause);
        this.meaning = meaning;
    }

    Failure meaning() {
        return meaning;
    }
}
