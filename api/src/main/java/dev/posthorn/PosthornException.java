package dev.posthorn;

import org.jspecify.annotations.Nullable;

/** The root of what Posthorn throws. Each message says what happened, what follows and what to do. */
public class PosthornException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PosthornException(String message) {
        super(message);
    }

    public PosthornException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
