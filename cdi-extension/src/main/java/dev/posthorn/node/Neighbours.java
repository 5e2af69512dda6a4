package dev.posthorn.node;

import java.util.Set;

/** What the nodes of an application let each other know of their channels. */
public interface Neighbours {

    /** Lets others know on which channels this node delivers. */
    void tell(Set<String> channels);

    /** The channels on which other living nodes deliver, as far as they have told. */
    Set<String> channels();

    /** Grows when other nodes may have given up or left behind events. */
    long news();

    /** Lets others know that this node has given up events. */
    void giveNotice();
}
