package dev.posthorn.runtime;

import dev.posthorn.PosthornException;
import dev.posthorn.spi.EventStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Refuses a server or data source that does not keep transactions together, before anything is promised. */
record TransactionTrial(EventStore store, Executor threads) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Tries them on the thread that calls. */
    void here() {
        requireNone(store.tryTransactions());
    }

    /** Tries them on a thread such as the engine's. */
    void onManagedThread() {
        try {
            requireNone(CompletableFuture.supplyAsync(store::tryTransactions, threads)
                    .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .join());
        } catch (CompletionException e) {
            throw new PosthornException(
                    "POSTHORN-1010 Transactions could not be tried on a managed thread of the server within "
                            + TIMEOUT.toSeconds() + " s, and Posthorn works on such threads. See the cause.",
                    e);
        }
    }

    static void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new PosthornException(
                    "POSTHORN-1014 Posthorn can't start: " + String.join(System.lineSeparator(), problems));
        }
    }
}
