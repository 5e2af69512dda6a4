package dev.posthorn.node;

import dev.posthorn.spi.Node;

/** Whether, and as whom, this instance may act on the rows that it owns. */
public interface Membership {

    /** The node that owns what is stored here now. */
    Node node();

    /** False as soon as other nodes may have declared this one dead: then nothing may be sent. */
    boolean mayAct();
}
