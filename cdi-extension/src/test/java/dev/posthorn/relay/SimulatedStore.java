package dev.posthorn.relay;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongSupplier;

/** The database: each method is one statement, and happens at one moment. What surrounds a statement is a {@link Connection}. */
final class SimulatedStore {

    /** A row, which others see only when its transaction has committed. */
    static final class Row {
        final long seq;
        final Fate fate;
        String owner;
        boolean delivered;
        long deliveredAt;
        int attempts;

        Row(long seq, Fate fate) {
            this.seq = seq;
            this.fate = fate;
            this.owner = fate.writer;
        }

        @Override
        public String toString() {
            return fate + (fate.isVisible() ? "" : " uncommitted") + (delivered ? " delivered" : "") + " of " + owner;
        }
    }

    private static final class Living {
        final String name;
        long heardAt;

        Living(String name, long heardAt) {
            this.name = name;
            this.heardAt = heardAt;
        }
    }

    private final Ledger ledger;
    private final LongSupplier clock;
    private final Bug bug;
    private final TreeMap<Long, Row> rows = new TreeMap<>();
    private final Map<UUID, Row> byId = new HashMap<>();
    private final Map<String, Living> living = new HashMap<>();
    private final Map<String, Long> lastReturned = new HashMap<>();
    private long lastSeq;

    SimulatedStore(Ledger ledger, LongSupplier clock, Bug bug) {
        this.ledger = ledger;
        this.clock = clock;
        this.bug = bug;
    }

    // --- events

    void append(List<EventEnvelope> events) {
        for (EventEnvelope event : events) {
            Row row = new Row(++lastSeq, ledger.of(event));
            row.fate.seq = row.seq;
            rows.put(row.seq, row);
            byId.put(event.id(), row);
        }
    }

    void commit(List<Fate> fates) {
        long moment = ledger.moment();
        for (Fate fate : fates) {
            fate.visibleAt = moment;
            fate.committedWhileWriterLived = living.containsKey(fate.writer);
        }
    }

    void rollBack(List<Fate> fates) {
        for (Fate fate : fates) {
            fate.rolledBack = true;
            remove(fate);
        }
    }

    private void remove(Fate fate) {
        rows.remove(fate.seq);
        byId.remove(fate.event.id());
    }

    /** The rows that a read at this moment sees. */
    List<Row> look(Node owner, String channel) {
        List<Row> seen = new ArrayList<>();
        for (Row row : rows.values()) {
            if (row.fate.isVisible()
                    && !row.delivered
                    && row.owner.equals(owner.id())
                    && row.fate.event.channel().equals(channel)
                    && !isPassedOver(row, channel)) {
                seen.add(row);
            }
        }
        return seen;
    }

    private boolean isPassedOver(Row row, String channel) {
        return bug == Bug.STORE_READS_ON_FROM_LAST_NUMBER && row.seq <= lastReturned.getOrDefault(channel, 0L);
    }

    Unsent answer(List<Row> seen, String channel, int maxEvents, long maxBytes) {
        List<StoredEvent> events = new ArrayList<>();
        long bytes = 0;
        for (Row row : seen) {
            bytes += row.fate.event.data().length;
            if (events.size() == maxEvents || (!events.isEmpty() && bytes > maxBytes)) {
                return new Unsent(events, bug == Bug.STORE_SAYS_COMPLETE_AT_LIMIT);
            }
            events.add(new StoredEvent(row.seq, row.attempts, row.fate.event));
            lastReturned.merge(channel, row.seq, Math::max);
        }
        return new Unsent(events, true);
    }

    int markDelivered(Node owner, Collection<UUID> ids, boolean keep) {
        int marked = 0;
        for (UUID id : ids) {
            Fate fate = ledger.of(id);
            ledger.marked(fate);
            Row row = byId.get(id);
            if (row != null && fate.isVisible() && !row.delivered && row.owner.equals(owner.id())) {
                marked++;
                row.delivered = true;
                row.deliveredAt = clock.getAsLong();
                if (!keep) {
                    remove(fate);
                }
            }
        }
        return marked;
    }

    boolean markFailed(Node owner, UUID id, int attempts) {
        Row row = byId.get(id);
        if (row == null || row.delivered || !row.owner.equals(owner.id())) {
            return false;
        }
        row.attempts = attempts;
        return true;
    }

    Set<String> adopt(Node node, Set<String> channels) {
        Set<String> found = new LinkedHashSet<>();
        for (Row row : rows.values()) {
            String channel = row.fate.event.channel();
            if (row.fate.isVisible()
                    && !row.delivered
                    && channels.contains(channel)
                    && !living.containsKey(row.owner)
                    && bug != Bug.STORE_ADOPTS_NOTHING) {
                row.owner = node.id();
                found.add(channel);
            }
        }
        return found;
    }

    int clean(Duration retention, int limit) {
        List<Row> old = rows.values().stream()
                .filter(row -> row.delivered && clock.getAsLong() - row.deliveredAt > retention.toNanos())
                .limit(limit)
                .toList();
        old.forEach(row -> remove(row.fate));
        return old.size();
    }

    // --- nodes

    void join(Node node, String name) {
        living.values().removeIf(other -> other.name.equals(name));
        living.put(node.id(), new Living(name, clock.getAsLong()));
    }

    boolean beat(Node node) {
        Living self = living.get(node.id());
        if (self == null) {
            return false;
        }
        self.heardAt = clock.getAsLong();
        return true;
    }

    int bury(Duration silence) {
        int before = living.size();
        living.values().removeIf(each -> clock.getAsLong() - each.heardAt >= silence.toNanos());
        return before - living.size();
    }

    void leave(Node node) {
        living.remove(node.id());
    }

    boolean mayBeSentBy(Node node, Fate fate) {
        Row row = byId.get(fate.event.id());
        return row == null || row.owner.equals(node.id());
    }

    boolean isLiving(Node node) {
        return living.containsKey(node.id());
    }

    // --- for the end of a run

    /** Committed events that no node has marked as delivered. */
    List<Fate> undelivered() {
        return rows.values().stream()
                .filter(row -> row.fate.isVisible() && !row.delivered)
                .map(row -> row.fate)
                .toList();
    }

    Collection<Row> rows() {
        return rows.values();
    }
}
