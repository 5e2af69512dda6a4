package dev.posthorn.example.launcher;

/** The demo can't go on; the message says why, to the person who started it. */
final class DemoFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        super(message);
    }
}
