package dev.posthorn.inbox;

/** A failure of which nothing can be read but its class. */
final class UnprintableFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
        throw new IllegalStateException("The message can't be read.");
    }

    @Override
    public String toString() {
        throw new IllegalStateException("It can't be printed.");
    }

    @Override
    public synchronized Throwable getCause() {
        throw new IllegalStateException("The cause can't be read.");
    }
}
