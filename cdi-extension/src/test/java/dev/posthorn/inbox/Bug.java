package dev.posthorn.inbox;

/** What may be wrong around the inbox, on purpose, to show that the simulation notices. */
enum Bug {
    NONE(0);

    /** A run that found it once. */
    final long seed;

    Bug(long seed) {
        this.seed = seed;
    }
}
