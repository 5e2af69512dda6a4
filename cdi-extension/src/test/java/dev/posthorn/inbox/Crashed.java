package dev.posthorn.inbox;

/** Ends what a node was doing when it crashed. Whoever catches it gets no further: nothing answers a dead node. */
final class Crashed extends Error {

    private static final long serialVersionUID = 1L;

    Crashed() {
        super("the node has crashed", null, false, false);
    }
}
