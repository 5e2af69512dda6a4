package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Plans;
import dev.posthorn.jpa.outbox.Floors;
import dev.posthorn.jpa.statement.DatabaseClock;
import dev.posthorn.jpa.transaction.Database;
import dev.posthorn.jpa.transaction.Lazy;
import dev.posthorn.jpa.transaction.OwnTransactions;
import dev.posthorn.jpa.transaction.Transactions;
import dev.posthorn.operator.ChannelPause;
import dev.posthorn.operator.EventCount;
import dev.posthorn.operator.EventDetails;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventPage;
import dev.posthorn.operator.EventState;
import dev.posthorn.spi.Held;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.OperatorStore;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Looks into the tables of {@link JpaEventStore}, and changes rows as operators say. */
public final class JpaOperatorStore implements OperatorStore {

    private final OwnTransactions transactions;
    private final Lazy<Operations> operations;

    public JpaOperatorStore(Transactions transactions, StoreConfig config) {
        this(transactions, config, new Floors());
    }

    /** @param floors shared with the store of the same tables */
    public JpaOperatorStore(Transactions transactions, StoreConfig config, Floors floors) {
        Lazy<Dialect> dialect = new Lazy<>(() -> Database.dialect(config, transactions));
        this.transactions = new OwnTransactions(transactions, dialect);
        this.operations = new Lazy<>(() -> Operations.of(dialect.get(), config.tables(), floors));
    }

    @Override
    public Instant time() {
        return Instant.ofEpochMilli(separately((all, em) -> DatabaseClock.millis(em, all.dialect())));
    }

    @Override
    public List<EventCount> counts(String application, EventFilter filter) {
        return separately((all, em) -> all.counts().count(em, application, filter));
    }

    @Override
    public EventPage list(String application, EventFilter filter, @Nullable String after, int limit) {
        return separately((all, em) -> all.list().list(em, application, filter, after, limit));
    }

    @Override
    public Optional<EventDetails> find(String application, UUID id) {
        return separately((all, em) -> all.list().find(em, application, id));
    }

    @Override
    public int requeue(Node node, Collection<UUID> ids, Set<EventState> from) {
        return separately((all, em) -> all.changes().requeue(em, node, ids, from));
    }

    @Override
    public int skip(Node node, Collection<UUID> ids, Set<EventState> from) {
        return separately((all, em) -> all.changes().skip(em, node, ids, from));
    }

    @Override
    public int discard(Node node, Collection<UUID> ids, Set<EventState> from) {
        return separately((all, em) -> all.changes().discard(em, node, ids, from));
    }

    @Override
    public int park(Node node, String channel, String key, int limit) {
        return separately((all, em) -> all.keys().park(em, node, channel, key, limit));
    }

    @Override
    public int release(Node node, String channel, String key, int limit) {
        return separately((all, em) -> all.keys().release(em, node, channel, key, limit));
    }

    @Override
    public int copy(Node node, Map<UUID, UUID> copies) {
        return separately((all, em) -> all.copies().copy(em, node, copies));
    }

    @Override
    public int sendAgain(Node node, Collection<UUID> ids) {
        return separately((all, em) -> all.changes().sendAgain(em, node, ids));
    }

    @Override
    public boolean pause(String application, String channel, String by) {
        try {
            return separately((all, em) -> all.pauses().pause(em, application, channel, by));
        } catch (RuntimeException e) {
            // Perhaps somebody else paused it at the same moment: then it is paused now.
            return separately((all, em) -> all.pauses().pause(em, application, channel, by));
        }
    }

    @Override
    public boolean resume(String application, String channel) {
        return separately((all, em) -> all.pauses().resume(em, application, channel));
    }

    @Override
    public List<ChannelPause> paused(String application) {
        OperationsPauses pauses = operations.get().pauses();
        return transactions.run(Plans.ANY, em -> pauses.find(em, application));
    }

    @Override
    public List<Backlog> backlog(String application) {
        return separately((all, em) -> all.backlog().find(em, application));
    }

    @Override
    public Held held(String application, int most) {
        return separately((all, em) -> all.held().find(em, application, most));
    }

    private <T> T separately(BiFunction<Operations, EntityManager, T> work) {
        Operations all = operations.get();
        return transactions.run(em -> work.apply(all, em));
    }
}
