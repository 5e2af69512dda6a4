package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.statement.DatabaseClock;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.transaction.Database;
import dev.posthorn.jpa.transaction.Lazy;
import dev.posthorn.jpa.transaction.OwnTransactions;
import dev.posthorn.jpa.transaction.Transactions;
import dev.posthorn.operator.ReceivedCount;
import dev.posthorn.operator.ReceivedDetails;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedPage;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.spi.Held;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxOperatorStore;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Looks into the table of {@link JpaInboxStore}, and changes entries as operators say. */
public final class JpaInboxOperatorStore implements InboxOperatorStore {

    /** The most entries that one transaction changes: few, since one that is in its way makes it begin again. */
    private static final int BATCH = 50;

    /** All who change several rows lock them in the same order. */
    private static final Comparator<InboxId> ORDER = Comparator.comparing(InboxId::consumer)
            .thenComparing(InboxId::source)
            .thenComparing(InboxId::id);

    private final OwnTransactions transactions;
    private final Lazy<InboxOperations> operations;

    public JpaInboxOperatorStore(Transactions transactions, StoreConfig config) {
        Lazy<Dialect> dialect = new Lazy<>(() -> Database.dialect(config, transactions));
        this.transactions = new OwnTransactions(transactions, dialect);
        this.operations = new Lazy<>(() -> InboxOperations.of(dialect.get(), config.tables()));
    }

    @Override
    public Instant time() {
        return Instant.ofEpochMilli(separately((all, em) -> DatabaseClock.millis(em, all.dialect())));
    }

    @Override
    public List<ReceivedCount> counts(String consumer, ReceivedFilter filter) {
        return separately((all, em) -> all.counts().count(em, consumer, filter));
    }

    @Override
    public ReceivedPage list(String consumer, ReceivedFilter filter, @Nullable String after, int limit) {
        return separately((all, em) -> all.list().list(em, consumer, filter, after, limit));
    }

    @Override
    public Optional<ReceivedDetails> find(InboxId id) {
        return separately((all, em) -> all.list().find(em, id));
    }

    @Override
    public int requeue(Collection<InboxId> ids, Set<ReceivedState> from) {
        return inBatches(ids, (all, em, some) -> all.changes().requeue(em, some, from));
    }

    @Override
    public int skip(Collection<InboxId> ids, Set<ReceivedState> from) {
        return inBatches(ids, (all, em, some) -> all.changes().skip(em, some, from));
    }

    @Override
    public int discard(Collection<InboxId> ids, Set<ReceivedState> from) {
        return inBatches(ids, (all, em, some) -> all.changes().discard(em, some, from));
    }

    @Override
    public int forget(Collection<InboxId> ids, Set<ReceivedState> from) {
        return inBatches(ids, (all, em, some) -> all.changes().forget(em, some, from));
    }

    @Override
    public int park(String consumer, String channel, String key, int limit) {
        return separately((all, em) -> all.keys().park(em, consumer, channel, key, limit));
    }

    @Override
    public int release(String consumer, String channel, String key, int limit) {
        return separately((all, em) -> all.keys().release(em, consumer, channel, key, limit));
    }

    @Override
    public List<Overdue> overdue(String consumer) {
        return separately((all, em) -> all.overdue().find(em, consumer));
    }

    @Override
    public Held held(String consumer, int most) {
        return separately((all, em) -> all.held().find(em, "consumer = ?1", most, InboxText.name(consumer)));
    }

    private interface Change {
        int make(InboxOperations all, EntityManager em, List<InboxId> ids);
    }

    private int inBatches(Collection<InboxId> ids, Change change) {
        List<InboxId> sorted = ids.stream().sorted(ORDER).toList();
        int changed = 0;
        for (int from = 0; from < sorted.size(); from += BATCH) {
            List<InboxId> some = sorted.subList(from, Math.min(sorted.size(), from + BATCH));
            changed += separately((all, em) -> change.make(all, em, some));
        }
        return changed;
    }

    private <T> T separately(BiFunction<InboxOperations, EntityManager, T> work) {
        InboxOperations all = operations.get();
        return transactions.run(em -> work.apply(all, em));
    }
}
