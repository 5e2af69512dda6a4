package dev.posthorn.clean;

import dev.posthorn.spi.InboxStore;
import java.time.Duration;

/** Forgets events that were handled, after their retention, in small batches. Several nodes may do so at once. */
public final class InboxCleaner {

    private final InboxStore store;
    private final String consumer;
    private final Duration retention;
    private final int batch;

    public InboxCleaner(InboxStore store, String consumer, Duration retention, int batch) {
        this.store = store;
        this.consumer = consumer;
        this.retention = retention;
        this.batch = batch;
    }

    /** One pass: until nothing is left that is old enough. */
    public void clean() {
        int deleted = batch;
        while (deleted == batch) {
            deleted = store.clean(consumer, retention, batch);
        }
    }
}
