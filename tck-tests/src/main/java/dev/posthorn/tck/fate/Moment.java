package dev.posthorn.tck.fate;

/** When a transaction fires its event. */
public enum Moment {
    /** After the business data were handed to the EntityManager. */
    USUAL,
    /** After they were written. */
    FLUSHED,
    /** In an observer of the application, before the transaction completes. */
    BEFORE_COMPLETION,
    /** As ever, and once more in the flush that the commit begins. */
    IN_FLUSH_TOO,
    /** In nothing but that flush. */
    IN_FLUSH
}
