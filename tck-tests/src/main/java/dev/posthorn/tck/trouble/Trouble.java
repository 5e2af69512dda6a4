package dev.posthorn.tck.trouble;

/** What an application's own code can do to the threads that call it. */
public enum Trouble {
    /** Observers of delivered events do not return before it is over. */
    OBSERVERS_HANG,
    OBSERVERS_THROW,
    /** Every other handling of a numbered event ends in an {@code Error}. */
    HANDLERS_THROW
}
