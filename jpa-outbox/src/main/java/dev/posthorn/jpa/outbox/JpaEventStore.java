package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.config.SchemaMode;
import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Plans;
import dev.posthorn.jpa.node.Nodes;
import dev.posthorn.jpa.outbox.Release.Front;
import dev.posthorn.jpa.outbox.UnsentQuery.Wanted;
import dev.posthorn.jpa.schema.Preparation;
import dev.posthorn.jpa.schema.Trial;
import dev.posthorn.jpa.statement.Batches;
import dev.posthorn.jpa.statement.Lanes;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.transaction.Database;
import dev.posthorn.jpa.transaction.Lazy;
import dev.posthorn.jpa.transaction.OwnTransactions;
import dev.posthorn.jpa.transaction.Transactions;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Events in a table beside the application's own, written in its transactions through its EntityManager. */
public final class JpaEventStore implements EventStore {

    private final Transactions transactions;
    private final OwnTransactions own;
    private final Preparation preparation;
    private final Lazy<Statements> statements;
    private final boolean isLookedAt;
    private final Lazy<Numbering> numbering;
    private final Lazy<Trial> trial;
    private final KnownLanes known;
    private final Floors floors;
    private final Lazy<Floors.Raising> raising;

    public JpaEventStore(Transactions transactions, StoreConfig config) {
        this(transactions, config, new Floors());
    }

    /** @param floors shared with who looks at the same tables */
    public JpaEventStore(Transactions transactions, StoreConfig config, Floors floors) {
        this.floors = floors;
        this.transactions = transactions;
        this.preparation = new Preparation(transactions, config);
        // At first use, because the database must be reachable for it.
        Lazy<Dialect> dialect = new Lazy<>(() -> Database.dialect(config, transactions));
        this.statements = new Lazy<>(() -> Statements.of(dialect.get(), config.tables()));
        this.own = new OwnTransactions(transactions, dialect);
        this.raising = new Lazy<>(() -> new Floors.Raising(floors, own, dialect.get(), config.tables()));
        this.known = new KnownLanes(own, new Lazy<>(() -> new Lanes(dialect.get(), config.tables())));
        this.isLookedAt = config.schemaMode() != SchemaMode.NONE;
        this.numbering = new Lazy<>(() -> new Numbering(own, dialect.get(), config.tables()));
        this.trial = new Lazy<>(() -> new Trial(transactions, new Nodes(dialect.get(), config.tables())));
    }

    @Override
    public List<String> prepare() {
        List<String> problems = preparation.outgoing();
        return problems.isEmpty() && isLookedAt ? numbering.get().problems() : problems;
    }

    @Override
    public List<String> tryTransactions() {
        return trial.get().problems();
    }

    @Override
    public List<Long> append(Node owner, List<EventEnvelope> events) {
        return statements.get().append().append(transactions.current(), owner, events);
    }

    @Override
    public Unsent unsent(
            Node owner,
            String channel,
            long after,
            Set<Long> except,
            Set<String> exceptTopics,
            int maxEvents,
            long maxBytes) {
        UnsentQuery query = statements.get().unsent();
        known.enter(owner.application(), channel);
        Wanted wanted = new Wanted(
                owner,
                channel,
                after,
                except,
                exceptTopics,
                maxEvents,
                maxBytes,
                floors.ofRead(Numbers.lane(owner.application(), channel), after));
        return own.run(Plans.IN_ORDER, em -> query.read(em, wanted));
    }

    @Override
    public Map<Long, Turn> turns(Node owner, String channel, Collection<Long> numbers, Collection<Long> delivered) {
        Turns query = statements.get().turns();
        return numbers.isEmpty()
                ? Map.of()
                : own.run(Plans.KEPT, em -> query.turns(em, owner, channel, numbers, delivered, floor(owner, channel)));
    }

    @Override
    public int markDelivered(Node owner, String channel, Collection<Long> numbers) {
        Marks marks = statements.get().marks();
        return finished(owner, channel, numbers, em -> marks.delivered(em, owner, channel, numbers));
    }

    @Override
    public int removeDelivered(Node owner, String channel, Collection<Long> numbers) {
        Marks marks = statements.get().marks();
        return finished(owner, channel, numbers, em -> marks.removed(em, owner, channel, numbers));
    }

    private int finished(Node owner, String channel, Collection<Long> numbers, Function<EntityManager, Integer> mark) {
        if (numbers.isEmpty()) {
            return 0;
        }
        int marked = own.runRelaxed(Plans.KEPT, mark);
        raising.get().given(Numbers.lane(owner.application(), channel), numbers);
        return marked;
    }

    private long floor(Node owner, String channel) {
        return floors.of(Numbers.lane(owner.application(), channel));
    }

    @Override
    public boolean markDelayed(Node owner, String channel, long number, int attempts, String error, Duration delay) {
        Marks marks = statements.get().marks();
        return own.run(em -> marks.delayed(em, owner, channel, number, attempts, error, delay));
    }

    @Override
    public boolean markDead(Node owner, String channel, long number, int attempts, String error) {
        Marks marks = statements.get().marks();
        return own.run(em -> marks.dead(em, owner, channel, number, attempts, error));
    }

    @Override
    public int shelve(Node owner, String channel, String key, Shelf shelf, Collection<Long> except) {
        Shelves shelves = statements.get().shelves();
        return own.run(em -> shelf == Shelf.PARKED && !shelves.isParked(em, owner, channel, key)
                ? 0
                : shelves.shelve(em, owner, channel, key, shelf, except));
    }

    @Override
    public int shelveBehind(Node owner, String channel, String key, long first, Collection<Long> except) {
        Shelves shelves = statements.get().shelves();
        return own.run(em -> shelves.shelveBehind(em, owner, channel, key, first, except));
    }

    @Override
    public int takeDue(Node node, String channel, int limit) {
        Delays delays = statements.get().delays();
        return Batches.upTo(limit, most -> own.run(em -> delays.takeDue(em, node, channel, most)));
    }

    @Override
    public List<String> waitingKeys(Node node, String channel, String after, int limit) {
        WaitingKeys keys = statements.get().waitingKeys();
        return own.run(em -> keys.after(em, node, channel, after, limit));
    }

    @Override
    public Set<String> release(Node node, String channel, Collection<String> keys) {
        Map<Boolean, List<Front>> fronts =
                fronts(node, channel, keys).collect(Collectors.partitioningBy(Front::canGoOn));
        List<Front> canGoOn = fronts.getOrDefault(true, List.of());
        release(node, channel, canGoOn);
        Stream<Front> released =
                fronts(node, channel, canGoOn.stream().map(Front::key).toList());
        return Stream.concat(fronts.getOrDefault(false, List.of()).stream(), released)
                .filter(Front::hasWaiting)
                .map(Front::key)
                .collect(Collectors.toSet());
    }

    @Override
    public Set<String> adopt(Node node, Set<String> channels) {
        Adoption adoption = statements.get().adoption();
        Map<Long, String> lanes = channels.stream()
                .collect(Collectors.toMap(channel -> Numbers.lane(node.application(), channel), Function.identity()));
        Set<String> adopted = new LinkedHashSet<>();
        own.run(em -> adoption.deadOwners(em, lanes.keySet()))
                .forEach((lane, owners) -> owners.forEach(owner -> {
                    if (own.run(em -> adoption.takeOver(em, node, lane, owner)) > 0) {
                        adopted.add(lanes.get(lane));
                    }
                }));
        return adopted;
    }

    @Override
    public int giveUp(Node owner, String channel) {
        Adoption adoption = statements.get().adoption();
        return own.run(em -> adoption.giveUp(em, owner, channel));
    }

    @Override
    public int clean(Node node, Duration retention, int limit) {
        CleanUp cleanUp = statements.get().cleanUp();
        int cleaned = 0;
        for (RowState state : CleanUp.FINAL) {
            cleaned += Batches.upTo(
                    limit - cleaned,
                    most -> own.run(em -> cleanUp.clean(em, state, node.application(), retention, most)));
        }
        return cleaned;
    }

    private Stream<Front> fronts(Node node, String channel, Collection<String> keys) {
        Release release = statements.get().release();
        List<String> all = List.copyOf(keys);
        int most = release.mostKeys();
        return IntStream.iterate(0, from -> from < all.size(), from -> from + most)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + most)))
                .flatMap(some -> own.run(em -> release.fronts(em, node, channel, some)).stream());
    }

    private void release(Node node, String channel, List<Front> fronts) {
        Release release = statements.get().release();
        int from = 0;
        while (from < fronts.size()) {
            List<Front> rest = fronts.subList(from, fronts.size());
            from += own.runRelaxed(Plans.FRESH, em -> release.release(em, node, channel, rest));
        }
    }
}
