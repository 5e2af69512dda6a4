package dev.posthorn.operate;

import java.util.Collection;
import java.util.Set;

/** The relay of this node, as far as operators have to do with it. */
public interface LocalRelay {

    /** The channels that this node can send on. */
    Set<String> channels();

    /** The channels that this node sends on, also those that do not work. */
    Set<String> sending();

    /** The channels that events arrive on. */
    Set<String> receiving();

    /** Events of this channel have been changed in the table; events of these keys may be able to go on. */
    void lookAgain(String channel, Collection<String> keys);

    /** Nothing is to be sent on these channels, and on all others it is. */
    void suspend(Set<String> channels);
}
