package dev.posthorn.relay;

import dev.posthorn.PosthornException;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.OtherNode;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One node's way to the database: other things happen before and after each statement, and either may be the end of it. */
final class Connection implements EventStore, NodeStore {

    private final World world;
    private final Life life;
    private final SimulatedStore store;
    private int reads;
    private int readsThatPassOver;
    private int adoptions;

    Connection(World world, Life life, SimulatedStore store) {
        this.world = world;
        this.life = life;
        this.store = store;
    }

    /** How often the table of events has been read. */
    int reads() {
        return reads;
    }

    /** How often topics were passed over in that. */
    int readsThatPassOver() {
        return readsThatPassOver;
    }

    /** How often somebody has looked for events of nodes that are gone. */
    int adoptions() {
        return adoptions;
    }

    @Override
    public List<String> prepare() {
        return List.of();
    }

    @Override
    public List<Long> append(Node owner, List<EventEnvelope> events) {
        return call("append " + world.names(events), () -> world.numbering().said(store.append(events)));
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
        reads++;
        readsThatPassOver += exceptTopics.isEmpty() ? 0 : 1;
        return call(
                "read " + channel + (after == 0 ? "" : " after " + after)
                        + (exceptTopics.isEmpty() ? "" : " except " + exceptTopics),
                () -> {
                    List<Row> seen = store.look(owner, channel, after, exceptTopics);
                    List<Row> left = new ArrayList<>();
                    for (Row row : seen) {
                        world.interleave(life);
                        if (!except.contains(row.seq)) {
                            left.add(row);
                        }
                    }
                    return store.answer(left, channel, maxEvents, maxBytes);
                },
                this::describe);
    }

    @Override
    public int markDelivered(Node owner, String channel, Collection<Long> numbers) {
        requireOf(channel, numbers);
        return call("mark " + world.namesOf(numbers), () -> store.markDelivered(owner, numbers, true));
    }

    @Override
    public int removeDelivered(Node owner, String channel, Collection<Long> numbers) {
        requireOf(channel, numbers);
        return call("remove " + world.namesOf(numbers), () -> store.markDelivered(owner, numbers, false));
    }

    @Override
    public Map<Long, Turn> turns(Node owner, String channel, Collection<Long> numbers, Collection<Long> delivered) {
        requireOf(channel, numbers);
        requireOf(channel, delivered);
        return call(
                "turns of " + world.namesOf(numbers) + " behind delivered [" + world.namesOf(delivered) + "]",
                () -> store.turns(owner, numbers, delivered),
                this::describe);
    }

    @Override
    public boolean markDelayed(Node owner, String channel, long number, int attempts, String error, Duration delay) {
        requireOf(channel, List.of(number));
        world.ledger().counted(life, world.ledger().of(number), attempts);
        return call("mark delayed " + world.nameOf(number), () -> store.markDelayed(owner, number, attempts, delay));
    }

    @Override
    public boolean markDead(Node owner, String channel, long number, int attempts, String error) {
        requireOf(channel, List.of(number));
        world.ledger().counted(life, world.ledger().of(number), attempts);
        world.ledger().died(life, world.ledger().of(number), attempts);
        return call("mark dead " + world.nameOf(number), () -> store.markDead(owner, number, attempts));
    }

    @Override
    public int shelve(Node owner, String channel, String key, Shelf shelf, Collection<Long> except) {
        requireOf(channel, except);
        return call(
                "shelve " + channel + "/" + key + " as " + shelf,
                () -> store.shelve(owner, channel, key, shelf, 0, except));
    }

    @Override
    public int shelveBehind(Node owner, String channel, String key, long first, Collection<Long> except) {
        requireOf(channel, except);
        requireOf(channel, List.of(first));
        return call(
                "shelve " + channel + "/" + key + " behind " + world.nameOf(first),
                () -> store.shelveBehind(owner, channel, key, first, except));
    }

    @Override
    public int takeDue(Node node, String channel, int limit) {
        return call("take due of " + channel, () -> store.takeDue(node, channel, limit));
    }

    @Override
    public List<String> waitingKeys(Node node, String channel, String after, int limit) {
        return call("waiting keys of " + channel, () -> store.waitingKeys(channel, after, limit));
    }

    @Override
    public Set<String> release(Node node, String channel, Collection<String> keys) {
        return call("release " + keys + " of " + channel, () -> {
            Set<String> releasable = store.releasable(channel, keys);
            world.interleave(life);
            store.release(node, channel, releasable);
            return store.stillWaiting(channel, keys);
        });
    }

    @Override
    public Set<String> adopt(Node node, Set<String> channels) {
        adoptions++;
        return call("adopt", () -> {
            Set<String> adopted = new LinkedHashSet<>();
            for (String owner : store.deadOwners()) {
                for (String channel : channels) {
                    world.interleave(life);
                    if (store.takeOver(node, owner, channel)) {
                        adopted.add(channel);
                    }
                }
            }
            return adopted;
        });
    }

    @Override
    public int giveUp(Node owner, String channel) {
        return call("give up " + channel, () -> store.giveUp(owner, channel));
    }

    @Override
    public int clean(Node node, Duration retention, int limit) {
        return call("clean", () -> store.clean(retention, limit));
    }

    @Override
    public void join(Node node, String name) {
        call("join " + node.id(), () -> {
            store.nodes().join(node, name);
            return true;
        });
    }

    @Override
    public Optional<List<OtherNode>> beat(Node node) {
        return call("beat " + node.id(), () -> store.nodes().beat(node));
    }

    @Override
    public void giveNotice(Node node) {
        call("give notice", () -> {
            store.nodes().giveNotice(node);
            return true;
        });
    }

    @Override
    public int bury(Node node, Duration silence) {
        return call("bury", () -> store.nodes().bury(node, silence));
    }

    @Override
    public boolean noteDelivers(Node node, Set<String> channels) {
        return call("note that it delivers " + channels, () -> store.nodes().noteDelivers(node, channels));
    }

    @Override
    public Set<String> deliveredByOthers(Node node) {
        return call("ask what others deliver", () -> store.nodes().deliveredByOthers(node));
    }

    @Override
    public void leave(Node node) {
        call("leave " + node.id(), () -> {
            store.nodes().leave(node);
            return true;
        });
    }

    /** Numbers are unique in the whole store, but a store may keep each channel by itself. */
    private void requireOf(String channel, Collection<Long> numbers) {
        for (Long number : numbers) {
            Fate fate = world.ledger().of(number);
            world.ledger().require(fate.event.channel().equals(channel), "%s is not of channel %s", fate, channel);
        }
    }

    private String describe(Map<Long, Turn> turns) {
        return turns.entrySet().stream()
                .map(each -> world.nameOf(each.getKey()) + " " + each.getValue().kind()
                        + (each.getValue().ahead() == null
                                ? ""
                                : " " + world.nameOf(each.getValue().ahead())))
                .collect(Collectors.joining(", "));
    }

    private String describe(Unsent unsent) {
        String names =
                world.names(unsent.events().stream().map(StoredEvent::event).toList());
        return "[" + names + "]" + (unsent.complete() ? "" : " and more");
    }

    private <T> T call(String what, Supplier<T> statement) {
        return call(what, statement, Object::toString);
    }

    @SuppressWarnings("NullAway")
    private <T> T call(String what, Supplier<T> statement, Function<T, String> describe) {
        life.assertNoMonitorIsHeld(what);
        world.ledger().statement();
        world.interleaveOrStandStill(life);
        world.foreign().mayThrow(30);
        if (world.storeFails(life)) {
            world.trace(() -> life + ": " + what + " -> the store is away");
            throw new PosthornException("The simulated store is away");
        }
        T answer = statement.get();
        world.trace(() -> life + ": " + what + " -> " + describe.apply(answer));
        world.interleaveOrStandStill(life);
        if (world.storeLosesAnswer()) {
            world.trace(() -> life + ": " + what + ": the answer is lost");
            throw new PosthornException("The simulated store's answer is lost");
        }
        world.foreign().mayThrow(60);
        return world.foreign().orNothing(answer, 60);
    }
}
