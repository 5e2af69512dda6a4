package dev.posthorn.receive;

import dev.posthorn.PosthornException;
import org.jspecify.annotations.Nullable;

/** A message is no event that could be handled. */
public class UnreadableMessageException extends PosthornException {

    private static final long serialVersionUID = 1L;

    public UnreadableMessageException(String message) {
        super(message);
    }

    public UnreadableMessageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
