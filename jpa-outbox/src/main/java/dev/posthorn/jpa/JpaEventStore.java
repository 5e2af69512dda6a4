package dev.posthorn.jpa;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Events in a table beside the application's own, written in its transactions through its EntityManager. */
final class JpaEventStore implements EventStore {

    private final Transactions transactions;
    private final StoreConfig config;
    private final Lazy<Statements> statements;

    JpaEventStore(Transactions transactions, StoreConfig config) {
        this.transactions = transactions;
        this.config = config;
        // At first use, because the database must be reachable for it.
        this.statements = new Lazy<>(() -> Statements.of(Database.dialect(config, transactions), config.tables()));
    }

    @Override
    public List<String> prepare() {
        if (!config.problems().isEmpty()) {
            return config.problems();
        }
        try {
            transactions.open();
            return new Schema(Database.dialect(config, transactions), config.tables(), transactions)
                    .prepare(config.schemaMode());
        } catch (UnknownDatabaseException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (PersistenceException e) {
            return List.of(Problems.databaseNotFound(e));
        }
    }

    @Override
    public void append(Node owner, List<EventEnvelope> events) {
        statements.get().append().append(transactions.current(), owner, events);
    }

    @Override
    public Unsent unsent(Node owner, String channel, Set<UUID> except, int maxEvents, long maxBytes) {
        UnsentQuery query = statements.get().unsent();
        return transactions.separately(em -> query.read(em, owner, channel, except, maxEvents, maxBytes));
    }

    @Override
    public int markDelivered(Node owner, Collection<UUID> ids) {
        Marks marks = statements.get().marks();
        return ids.isEmpty() ? 0 : transactions.separately(em -> marks.delivered(em, owner, ids));
    }

    @Override
    public int removeDelivered(Node owner, Collection<UUID> ids) {
        Marks marks = statements.get().marks();
        return ids.isEmpty() ? 0 : transactions.separately(em -> marks.removed(em, owner, ids));
    }

    @Override
    public Map<UUID, Turn> turns(Node owner, Collection<UUID> ids, Collection<UUID> delivered) {
        throw new UnsupportedOperationException("turns");
    }

    @Override
    public boolean markDelayed(Node owner, UUID id, int attempts, String error, Duration delay) {
        throw new UnsupportedOperationException("markDelayed");
    }

    @Override
    public int shelve(Node owner, String channel, String key, Shelf shelf, Collection<UUID> except) {
        throw new UnsupportedOperationException("shelve");
    }

    @Override
    public int takeDue(Node node, String channel, int limit) {
        throw new UnsupportedOperationException("takeDue");
    }

    @Override
    public List<String> waitingKeys(Node node, String channel, String after, int limit) {
        throw new UnsupportedOperationException("waitingKeys");
    }

    @Override
    public Set<String> release(Node node, String channel, Collection<String> keys) {
        throw new UnsupportedOperationException("release");
    }

    @Override
    public int giveUp(Node owner, String channel) {
        throw new UnsupportedOperationException("giveUp");
    }

    @Override
    public boolean markDead(Node owner, UUID id, int attempts, String error) {
        Marks marks = statements.get().marks();
        return transactions.separately(em -> marks.dead(em, owner, id, attempts, error));
    }

    @Override
    public Set<String> adopt(Node node, Set<String> channels) {
        Adoption adoption = statements.get().adoption();
        Set<String> adopted = new LinkedHashSet<>();
        for (String owner : transactions.separately(em -> adoption.deadOwners(em, node.application()))) {
            for (String channel : channels) {
                if (takeOver(adoption, node, owner, channel)) {
                    adopted.add(channel);
                }
            }
        }
        return adopted;
    }

    @Override
    public int clean(Node node, Duration retention, int limit) {
        CleanUp cleanUp = statements.get().cleanUp();
        int cleaned = 0;
        int batch;
        int found;
        do {
            int most = Math.min(limit - cleaned, CleanUp.BATCH);
            batch = most;
            found = transactions.separately(em -> cleanUp.clean(em, node.application(), retention, most));
            cleaned += found;
        } while (found == batch && cleaned < limit);
        return cleaned;
    }

    private boolean takeOver(Adoption adoption, Node node, String owner, String channel) {
        boolean any = false;
        while (transactions.separately(em -> adoption.takeOver(em, node, owner, channel)) > 0) {
            any = true;
        }
        return any;
    }
}
