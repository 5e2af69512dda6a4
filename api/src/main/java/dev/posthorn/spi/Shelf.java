package dev.posthorn.spi;

/** Where unsent events are put that can't be sent before an earlier one of their key is. */
public enum Shelf {
    /** Until nothing before them waits, is delayed or dead. */
    WAITING,
    /** Until an operator releases their key, of which something is parked. */
    PARKED
}
