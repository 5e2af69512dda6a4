package dev.posthorn;

import org.jspecify.annotations.Nullable;

/** A fired event can't be published: its class is not set up for it, or it can't be serialised. Nothing was stored. */
public class EventNotPublishableException extends PosthornException {

    private static final long serialVersionUID = 1L;

    public EventNotPublishableException(String message) {
        super(message);
    }

    public EventNotPublishableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
