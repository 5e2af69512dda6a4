package dev.posthorn.clean;

import dev.posthorn.node.Membership;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.InboxStore;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;

/** Deletes what came to its end longer ago than its retention, in small batches. Several nodes may do so at once. */
public final class Cleaner {

    private final IntUnaryOperator delete;
    private final BooleanSupplier mayAct;
    private final int batch;

    private Cleaner(IntUnaryOperator delete, BooleanSupplier mayAct, int batch) {
        this.delete = delete;
        this.mayAct = mayAct;
        this.batch = batch;
    }

    /** Of events that were delivered or discarded. */
    public static Cleaner ofOutbox(EventStore store, Membership membership, Duration retention, int batch) {
        return new Cleaner(limit -> store.clean(membership.node(), retention, limit), membership::mayAct, batch);
    }

    /** Of events that were handled or discarded. */
    public static Cleaner ofInbox(
            InboxStore store, String consumer, BooleanSupplier mayAct, Duration retention, int batch) {
        return new Cleaner(limit -> store.clean(consumer, retention, limit), mayAct, batch);
    }

    /** One pass: until nothing is left that is old enough. */
    public void clean() {
        int deleted = batch;
        while (deleted == batch && mayAct.getAsBoolean()) {
            deleted = delete.applyAsInt(batch);
        }
    }
}
