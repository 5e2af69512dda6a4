package dev.posthorn.tck.inbox;

/** A failure that nobody can read. */
public class Unprintable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
        throw new IllegalStateException("The message of an Unprintable can't be read.");
    }
}
