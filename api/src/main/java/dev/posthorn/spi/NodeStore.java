package dev.posthorn.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Knows which nodes live, by the store's clock alone. Methods are called outside any transaction and commit their own. Whatever they
 * throw, or {@code null} where an answer is promised, means: unknown. A node whose {@link #beat} does not answer for as long as others wait for
 * it stops sending until it answers again.
 */
public interface NodeStore {

    /** Enters a node among the living. Other nodes of this name that are still entered are earlier starts, and are removed. */
    void join(Node node, String name);

    /**
     * Notes that the node lives, and looks who else does: the one thing that is done every few seconds by a node that has nothing to
     * do.
     *
     * @return the other nodes of its application that are entered; empty if it is no longer among the living itself: somebody declared
     *     it dead, and its rows may have a new owner
     */
    Optional<List<OtherNode>> beat(Node node);

    /** Notes that the node has left something to others, who see with their next {@link #beat} that there is something new. */
    void giveNotice(Node node);

    /**
     * Removes every node of this application that has not been heard of for {@code silence}. To be called only by a node that has
     * itself been heard of all that time; if its own last sign of life is older than that now, nothing is done.
     *
     * @return how many
     */
    int bury(Node node, Duration silence);

    /**
     * Notes on which channels the node delivers, in place of what was noted before; a node that joins delivers on none.
     *
     * @return false if it is not among the living
     */
    boolean noteDelivers(Node node, Set<String> channels);

    /** The channels on which other living nodes of the application deliver, by what was noted last. */
    Set<String> deliveredByOthers(Node node);

    /** Removes the node: what it still owns can be taken over at once. */
    void leave(Node node);
}
