package dev.posthorn.config;

/** What happens to an event that is fired where there is no transaction. */
public enum NoTransaction {
    /** {@code fire} throws. */
    REJECT,
    /** It is stored in a transaction of its own, then relayed. */
    NEW
}
