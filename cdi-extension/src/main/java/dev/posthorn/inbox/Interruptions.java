package dev.posthorn.inbox;

/**
 * Interruptions of one task. A server interrupts its threads when it stops, which is no failure of the event. A handler may throw
 * InterruptedException for reasons of its own: what happens again and again is a failure like any other.
 */
final class Interruptions {

    private static final int MOST = 3;

    private int accepted;

    /** Whether this one may be the server's. The thread is marked as interrupted then, so that it ends. */
    boolean accept() {
        if (accepted == MOST) {
            return false;
        }
        accepted++;
        Thread.currentThread().interrupt();
        return true;
    }
}
