package dev.posthorn.spi;

/**
 * A store's work in the caller's transaction was ended for the sake of another transaction. Nothing is wrong with what was to be done:
 * once the caller's transaction has been rolled back, all of it may be done again in a new one.
 */
public final class ContentionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ContentionException(String message, Throwable cause) {
        super(message, cause);
    }
}
