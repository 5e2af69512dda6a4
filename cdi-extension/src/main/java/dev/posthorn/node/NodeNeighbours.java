package dev.posthorn.node;

import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets nodes know of each other's channels through the store, which is told only what is new. */
public final class NodeNeighbours implements Neighbours {

    private final NodeStore store;
    private final Membership membership;
    private final LongSupplier news;
    private @Nullable Told told;

    /** @param news see {@link NodeKeeper#news} */
    public NodeNeighbours(NodeStore store, Membership membership, LongSupplier news) {
        this.store = store;
        this.membership = membership;
        this.news = news;
    }

    private record Told(Node as, Set<String> channels) {}

    @Override
    public synchronized void tell(Set<String> channels) {
        Told news = new Told(membership.node(), Set.copyOf(channels));
        if (!news.equals(told)) {
            told = null;
            if (store.noteDelivers(news.as, news.channels)) {
                told = news;
            }
        }
    }

    @Override
    public Set<String> channels() {
        return store.deliveredByOthers(membership.node());
    }

    @Override
    public long news() {
        return news.getAsLong();
    }

    @Override
    public void giveNotice() {
        store.giveNotice(membership.node());
    }
}
