package dev.posthorn.spi;

import dev.posthorn.PosthornException;

/** The database has ended a transaction for the sake of others. Nothing is wrong with it: it may be repeated at once. */
public class ContentionException extends PosthornException {

    private static final long serialVersionUID = 1L;

    public ContentionException(String message, Throwable cause) {
        super(message, cause);
    }
}
