package dev.posthorn;

import org.jspecify.annotations.Nullable;

/** An integration event was fired where no transaction could carry it. */
public class NoActiveTransactionException extends PosthornException {

    private static final long serialVersionUID = 1L;

    public NoActiveTransactionException(String message) {
        super(message);
    }

    public NoActiveTransactionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
