package dev.posthorn.clean;

import dev.posthorn.node.Membership;
import dev.posthorn.spi.EventStore;
import java.time.Duration;

/** Deletes delivered events after their retention, in small batches. */
public final class Cleaner {

    private final EventStore store;
    private final Membership membership;
    private final Duration retention;
    private final int batch;

    public Cleaner(EventStore store, Membership membership, Duration retention, int batch) {
        this.store = store;
        this.membership = membership;
        this.retention = retention;
        this.batch = batch;
    }

    /** One pass: until nothing is left that is old enough. */
    public void clean() {
        int deleted = batch;
        while (deleted == batch && membership.mayAct()) {
            deleted = store.clean(membership.node(), retention, batch);
        }
    }
}
