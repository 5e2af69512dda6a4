package dev.posthorn.relay;

import static java.util.Objects.requireNonNull;

import dev.posthorn.relay.Row.State;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The table of events: each method is one statement, and happens at one moment. What surrounds it is a {@link Connection}. */
final class SimulatedStore {

    /** How many rows one statement puts away or releases. */
    private static final int ADOPTION_BATCH = 3;

    static final int SHELF_BATCH = 3;

    static final String NOBODY = Node.NOBODY;
    private static final Set<State> SHELVED =
            EnumSet.of(State.DELAYED, State.WAITING, State.PARKED, State.BLOCKING, State.DEAD);

    private final Ledger ledger;
    private final LongSupplier clock;
    private final Bug bug;
    private final SimulatedNodes nodes;
    private final TreeMap<Long, Row> rows = new TreeMap<>();
    private final Set<String> keysInPieces = new HashSet<>();
    private final Map<String, Long> lastReturned = new HashMap<>();
    private long lastSeq;

    SimulatedStore(Ledger ledger, LongSupplier clock, Bug bug) {
        this.ledger = ledger;
        this.clock = clock;
        this.bug = bug;
        this.nodes = new SimulatedNodes(clock, this::goneUnseen);
    }

    SimulatedNodes nodes() {
        return nodes;
    }

    private void goneUnseen(String node) {
        rows.values().stream()
                .filter(row -> row.owner.equals(node) || row.owner.equals(NOBODY))
                .forEach(row -> row.leftUnseen = true);
    }

    /** Whether it waits for a node that takes it over, which can know of it. */
    boolean isLeftBehind(Row row) {
        return row.isVisible() && row.state == State.UNSENT && !nodes.isLiving(row.owner) && !row.leftUnseen;
    }

    // --- business transactions

    List<Long> append(List<EventEnvelope> events) {
        List<Long> numbers = new ArrayList<>();
        for (EventEnvelope event : events) {
            Row row = new Row(++lastSeq, ledger.of(event));
            ledger.numbered(row.fate, row.seq);
            rows.put(row.seq, row);
            numbers.add(row.seq);
        }
        return numbers;
    }

    void commit(List<Fate> fates) {
        long moment = ledger.moment();
        for (Fate fate : fates) {
            fate.visibleAt = moment;
            Row row = requireNonNull(rows.get(fate.seq));
            own(row, row.owner);
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
    }

    // --- reading

    /** The rows that a read at this moment sees. */
    List<Row> look(Node owner, String channel, long after, Set<String> exceptTopics) {
        return where(row -> row.isVisibleIn(State.UNSENT, channel)
                && row.owner.equals(owner.id())
                && row.seq > after
                && !exceptTopics.contains(row.fate.event.topic())
                && !isPassedOver(row, channel));
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
            events.add(new StoredEvent(row.seq, row.fate.attempts, row.fate.event));
            lastReturned.merge(channel, row.seq, Math::max);
        }
        return new Unsent(events, true);
    }

    Map<Long, Turn> turns(Node owner, Collection<Long> numbers, Collection<Long> delivered) {
        Map<Long, Turn> turns = new LinkedHashMap<>();
        for (Long number : numbers) {
            Row row = rows.get(number);
            if (row != null && row.isUnsentOf(owner.id())) {
                turns.put(number, turn(row, Set.copyOf(delivered)));
            }
        }
        return turns;
    }

    private Turn turn(Row row, Set<Long> delivered) {
        Row ahead = row.fate.isInLane() ? predecessor(row, delivered) : null;
        return ahead == null ? Turn.NOW : new Turn(ahead.seq, kind(row, ahead));
    }

    private @Nullable Row predecessor(Row row, Set<Long> delivered) {
        for (Row other : rows.headMap(row.seq, false).descendingMap().values()) {
            if (other.holdsUp()
                    && other.isOfSameKey(row)
                    && !delivered.contains(other.seq)
                    && !isOverlooked(other, row)) {
                return other;
            }
        }
        return null;
    }

    private boolean isOverlooked(Row ahead, Row row) {
        return (bug == Bug.STORE_ASKS_NO_OTHER_OWNERS && ahead.state == State.UNSENT && !ahead.owner.equals(row.owner))
                || (bug == Bug.STORE_OVERLOOKS_WHAT_IS_NOT_UNSENT && ahead.state != State.UNSENT);
    }

    private static Turn.Kind kind(Row row, Row ahead) {
        return switch (ahead.state) {
            case UNSENT -> ahead.owner.equals(row.owner) ? Turn.Kind.AFTER_OWN : Turn.Kind.AFTER_FOREIGN;
            case PARKED -> Turn.Kind.AFTER_PARKED;
            default -> Turn.Kind.AFTER_WAITING;
        };
    }

    // --- marks

    /** Whatever it waits for, and whoever owned it before that: the broker has it. */
    int markDelivered(Node owner, Collection<Long> numbers, boolean keep) {
        int marked = 0;
        for (Long number : numbers) {
            Fate fate = ledger.of(number);
            ledger.marked(fate);
            Row row = rows.get(number);
            if (row != null && row.isVisible() && (row.isUnsentOf(owner.id()) || SHELVED.contains(row.state))) {
                marked++;
                settle(row, State.DELIVERED);
                if (!keep) {
                    remove(fate);
                }
            }
        }
        return marked;
    }

    /** Somebody decides about a single event of a parked key: what was parked behind it stays until the key is released. */
    void leaveParked(Row row) {
        if (row.state == State.PARKED) {
            keysInPieces.add(row.fate.event.channel() + "/" + row.fate.event.key());
        }
    }

    /** Whether something parked has a reason to be. */
    boolean isParkedRightly(Row parked) {
        return keysInPieces.contains(parked.fate.event.channel() + "/" + parked.fate.event.key())
                || rows.values().stream()
                        .anyMatch(row -> row.isOfSameKey(parked) && row.state == State.PARKED && row.parkedForItself);
    }

    void settle(Row row, State state) {
        leaveParked(row);
        row.state = state;
        row.settledAt = clock.getAsLong();
    }

    boolean markDelayed(Node owner, long number, int attempts, Duration delay) {
        Row row = rows.get(number);
        if (row == null || !row.isUnsentOf(owner.id())) {
            return false;
        }
        row.fate.attempts = attempts;
        row.shelve(State.DELAYED);
        row.dueAt = clock.getAsLong() + delay.toNanos();
        return true;
    }

    boolean markDead(Node owner, long number, int attempts) {
        Row row = rows.get(number);
        if (row == null || !row.isUnsentOf(owner.id())) {
            return false;
        }
        row.fate.attempts = attempts;
        row.shelve(row.whenDead());
        row.parkedForItself = row.state == State.PARKED;
        row.fate.isGivenUp |= row.state == State.DEAD;
        return true;
    }

    // --- what can't be sent yet

    int shelveBehind(Node owner, String channel, String key, long first, Collection<Long> except) {
        Row row = rows.get(first);
        return row == null || row.state != State.UNSENT
                ? 0
                : shelve(owner, channel, key, Shelf.WAITING, row.seq, except);
    }

    int shelve(Node owner, String channel, String key, Shelf shelf, long after, Collection<Long> except) {
        boolean released = first(row -> row.isVisibleIn(State.PARKED, channel) && key.equals(row.fate.event.key()), 1)
                .isEmpty();
        if (shelf == Shelf.PARKED && released) {
            return 0;
        }
        List<Row> first = first(
                row -> row.isUnsentOf(owner.id())
                        && row.seq > after
                        && row.fate.isInLane()
                        && row.isVisibleIn(State.UNSENT, channel)
                        && key.equals(row.fate.event.key())
                        && (bug == Bug.STORE_SHELVES_THE_DELIVERED || !except.contains(row.seq)),
                SHELF_BATCH);
        for (Row row : first) {
            row.shelve(shelf == Shelf.WAITING ? State.WAITING : State.PARKED);
            ledger.shelved(row);
        }
        return first.size();
    }

    int takeDue(Node node, String channel, int limit) {
        long now = clock.getAsLong();
        List<Row> due = first(row -> row.isVisibleIn(State.DELAYED, channel) && row.dueAt <= now, limit);
        due.forEach(row -> makeUnsent(row, node));
        return due.size();
    }

    private void makeUnsent(Row row, Node node) {
        row.state = State.UNSENT;
        own(row, node.id());
    }

    /** Others look for what a node has left when it is gone, and not when it has been gone for long. */
    private void own(Row row, String owner) {
        row.owner = owner;
        row.ownedSince = ledger.moment();
        row.leftUnseen = !nodes.isLiving(owner);
    }

    /** Makes it the node's, or nobody's if that can't send it. */
    void giveTo(Row row, Node node, boolean serves) {
        own(row, node.id());
        if (!serves) {
            row.owner = NOBODY;
            nodes.giveNotice(node);
        }
    }

    List<String> waitingKeys(String channel, String after, int limit) {
        Set<String> keys = new TreeSet<>();
        for (Row row : rows.values()) {
            String key = row.fate.event.key();
            if (row.isVisibleIn(State.WAITING, channel) && key != null && key.compareTo(after) > 0) {
                keys.add(key);
            }
        }
        return keys.stream().limit(limit).toList();
    }

    /** Those of these keys whose first unfinished event is a waiting one. */
    Set<String> releasable(String channel, Collection<String> keys) {
        Set<String> releasable = new LinkedHashSet<>();
        for (String key : keys) {
            List<Row> unfinished = first(row -> row.holdsUp() && isOf(row, channel, key), 1);
            boolean first = !unfinished.isEmpty() && unfinished.get(0).state == State.WAITING;
            if (first || bug == Bug.STORE_RELEASES_WHAT_IS_NOT_FIRST) {
                releasable.add(key);
            }
        }
        return releasable;
    }

    void release(Node node, String channel, Collection<String> keys) {
        for (String key : keys) {
            first(row -> row.state == State.WAITING && row.isVisible() && isOf(row, channel, key), SHELF_BATCH)
                    .forEach(row -> makeUnsent(row, node));
        }
    }

    Set<String> stillWaiting(String channel, Collection<String> keys) {
        Set<String> waiting = new LinkedHashSet<>(keys);
        waiting.retainAll(waitingKeys(channel, "", Integer.MAX_VALUE));
        return waiting;
    }

    private static boolean isOf(Row row, String channel, String key) {
        return row.fate.event.channel().equals(channel) && key.equals(row.fate.event.key());
    }

    // --- owners

    /** Owners of unsent events that are not among the living. Who is dead once is dead for ever. */
    Set<String> deadOwners() {
        Set<String> owners = new LinkedHashSet<>();
        for (Row row : rows.values()) {
            if (row.isVisible()
                    && row.state == State.UNSENT
                    && bug != Bug.STORE_ADOPTS_NOTHING
                    && (bug == Bug.STORE_ADOPTS_FROM_THE_LIVING || !nodes.isLiving(row.owner))) {
                owners.add(row.owner);
            }
        }
        return owners;
    }

    boolean takeOver(Node node, String owner, String channel) {
        if (owner.equals(node.id())) {
            return false;
        }
        List<Row> left =
                first(row -> row.isVisibleIn(State.UNSENT, channel) && row.owner.equals(owner), ADOPTION_BATCH);
        left.forEach(row -> own(row, node.id()));
        return !left.isEmpty();
    }

    int giveUp(Node owner, String channel) {
        List<Row> given =
                first(row -> row.isVisibleIn(State.UNSENT, channel) && row.owner.equals(owner.id()), SHELF_BATCH);
        for (Row row : given) {
            row.owner = NOBODY;
            ledger.givenUp(row);
        }
        return given.size();
    }

    @Nullable
    Row row(Fate fate) {
        return rows.get(fate.seq);
    }

    /** Whether a node may send an event, as far as the table knows; operators may have changed their minds meanwhile. */
    boolean mayBeSentBy(Node node, Fate fate) {
        Row row = rows.get(fate.seq);
        return row == null
                || !row.isVisible()
                || fate.isOperated
                || (row.owner.equals(node.id()) && row.state == State.UNSENT);
    }

    /** What else this node has to send to its topic, and knew of at the last send. */
    List<Row> othersOfItsTopic(Node node, Fate fate) {
        return rows.values().stream()
                .filter(row -> row.fate != fate
                        && row.isUnsentOf(node.id())
                        && row.fate.event.channel().equals(fate.event.channel())
                        && row.fate.event.topic().equals(fate.event.topic())
                        && !row.fate.acknowledged
                        && row.ownedSince < fate.sentLast
                        && row.fate.reportedAt < fate.sentLast)
                .toList();
    }

    int clean(Duration retention, int limit) {
        List<Row> old =
                first(row -> row.state.isSettled() && clock.getAsLong() - row.settledAt > retention.toNanos(), limit);
        old.forEach(row -> remove(row.fate));
        return old.size();
    }

    // --- for operators and the end of a run

    /** Committed events that are neither delivered nor discarded. */
    List<Row> unsettled() {
        return where(row -> row.isVisible() && !row.state.isSettled());
    }

    Collection<Row> rows() {
        return rows.values();
    }

    private List<Row> first(Predicate<Row> condition, int limit) {
        return rows.values().stream().filter(condition).limit(limit).toList();
    }

    private List<Row> where(Predicate<Row> condition) {
        return first(condition, Integer.MAX_VALUE);
    }
}
