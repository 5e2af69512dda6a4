package dev.posthorn.node;

import dev.posthorn.spi.Node;

/** A node that may act, as long as a test does not forbid it. */
public final class ThisNode implements Membership {

    public volatile boolean mayAct = true;
    private final Node node;

    public ThisNode(Node node) {
        this.node = node;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public boolean mayAct() {
        return mayAct;
    }
}
