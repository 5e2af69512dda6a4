package dev.posthorn.relay;

/** Ends what a node was doing when it crashed. No engine code may catch it. */
final class Crashed extends Error {

    private static final long serialVersionUID = 1L;

    Crashed() {
        super("the node has crashed", null, false, false);
    }
}
