package dev.posthorn;

/** What becomes of the events that follow in the same {@link Key} when one has used up its attempts. */
public enum WhenDead {
    /** They wait. They go on by themselves once the dead one is delivered, skipped or discarded. */
    BLOCK,
    /** They are parked together with the dead one, until an operator releases the key. */
    PARK,
    /** They go on without it. */
    SKIP
}
