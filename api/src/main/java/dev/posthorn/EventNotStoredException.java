package dev.posthorn;

import org.jspecify.annotations.Nullable;

/** Events could not be stored: the transaction they were fired in does not commit. */
public class EventNotStoredException extends PosthornException {

    private static final long serialVersionUID = 1L;

    public EventNotStoredException(String message) {
        super(message);
    }

    public EventNotStoredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
