package dev.posthorn.relay;

import dev.posthorn.EventDelivered;
import dev.posthorn.EventDeliveryFailed;
import dev.posthorn.EventDied;
import dev.posthorn.PosthornException;
import dev.posthorn.channel.Channel;
import dev.posthorn.channel.ChannelSettings;
import dev.posthorn.channel.ChannelStatus;
import dev.posthorn.clean.Cleaner;
import dev.posthorn.node.NodeKeeper;
import dev.posthorn.node.NodeNeighbours;
import dev.posthorn.simulation.Chance;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.spi.Node;
import dev.posthorn.watch.StoreWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** One start of a node, until it crashes: its engine, what has been asked of it, and the ticks that are due. */
final class Life implements WakeUps, RelayListener {

    static final Duration RETENTION = Duration.ofSeconds(6);

    private record Pass(String name, String channel, Runnable run) {
        boolean is(String otherName, String otherChannel) {
            return name.equals(otherName) && channel.equals(otherChannel);
        }
    }

    private static final class Tick {
        final String name;
        final long period;
        final Runnable run;
        long dueAt;

        Tick(String name, Duration period, long now, Runnable run) {
            this.name = name;
            this.period = period.toNanos();
            this.run = run;
            this.dueAt = now;
        }
    }

    private final World world;
    private final Ledger ledger;
    private final Scenario scenario;
    private final Connection connection;
    private final Relay relay;
    private final NodeKeeper keeper;
    private final String name;
    private final List<String> channels;
    private final Set<String> lost = new HashSet<>();
    private final Map<String, Long> acknowledgements = new HashMap<>();
    private final List<Pass> passes = new ArrayList<>();
    private final List<Tick> ticks = new ArrayList<>();
    private final Set<Pass> signalled = new LinkedHashSet<>();
    private final Map<Channel, Long> later = new LinkedHashMap<>();
    private final Set<Object> underWay = new LinkedHashSet<>();
    private final long bornAt;
    private long startedOverAt;
    private final double rate;
    private long standsStillUntil;
    private boolean open;
    private boolean crashed;
    private int starts;

    Life(
            World world,
            Ledger ledger,
            Scenario scenario,
            SimulatedStore store,
            SimulatedBroker broker,
            String name,
            int number,
            List<String> channels) {
        this.world = world;
        this.name = name;
        this.channels = channels;
        this.rate = 1 + (world.chance().below(3) - 1) / 100.0;
        this.ledger = ledger;
        this.scenario = scenario;
        this.bornAt = world.now();
        connection = new Connection(world, this, store);
        keeper = new NodeKeeper(
                connection,
                name,
                () -> new Node(name + "." + number + "." + ++starts, "app"),
                Scenario.NODE_TIMEOUT,
                this::startOver,
                this::clock,
                () -> Duration.ofNanos(clock()).toMillis());
        Map<String, ChannelSettings> settings = new TreeMap<>();
        channels.forEach(channel -> settings.put(channel, scenario.settings()));
        relay = new Relay(
                settings,
                new Relay.Ports(
                        connection,
                        broker.transportOf(this),
                        broker.retrierOf(this),
                        keeper,
                        this,
                        this::classify,
                        new NodeNeighbours(connection, keeper, keeper::news),
                        new StoreWatch(this::clock)),
                this::clock,
                this);
        for (Passes each : relay.passes()) {
            String channel = each.channel().name();
            passes.add(new Pass("send", channel, each.send()));
            passes.add(new Pass("ask", channel, each.ask()));
            passes.add(new Pass("retry", channel, each.retry()));
            passes.add(new Pass("table", channel, each.table()));
        }
        passes.add(new Pass("mark", "", relay.marking()));
        passes.add(new Pass("take over", "", relay.takingOver()));
        passes.add(new Pass("notify", "", relay.notifications()));
        Cleaner cleaner = Cleaner.ofOutbox(connection, keeper, RETENTION, 2);
        ticks.add(new Tick("beat", Duration.ofMillis(1500), world.now(), this::beat));
        ticks.add(new Tick("look around", Duration.ofMillis(1500), world.now(), relay::coordinate));
        // Sweeps find everything, also what should be found earlier by what happens: so there is an easy one more
        // often.
        ticks.add(new Tick("sweep", Duration.ofSeconds(90), world.now(), this::sweep));
        ticks.add(new Tick("look everywhere", Duration.ofSeconds(4), world.now(), relay::rescan));
        ticks.add(new Tick("pulse", Duration.ofSeconds(1), world.now(), relay::pulse));
        ticks.add(new Tick("clean", Duration.ofSeconds(5), world.now(), cleaner::clean));
    }

    /** A monotonic clock, which begins anywhere, and runs a little fast or slow. */
    long clock() {
        return (long) ((world.now() - bornAt) * rate) - Duration.ofDays(1).toNanos();
    }

    private void beat() {
        long known = keeper.news();
        if (keeper.beat()) {
            relay.rescan();
        }
        if (keeper.news() != known) {
            relay.takeOver();
        }
    }

    /** The next sweep is so far away. */
    void postponeSweep(Duration time) {
        ticks.stream()
                .filter(tick -> tick.name.equals("sweep"))
                .forEach(tick -> tick.dueAt = world.now() + time.toNanos());
    }

    /** What happens every second or so, whatever else does. */
    void beatAndPulse() {
        perform("beat", "beat", this::beat);
        perform("pulse", "pulse", relay::pulse);
    }

    private void startOver() {
        startedOverAt = clock();
        relay.startOver();
    }

    private void sweep() {
        relay.sweep();
    }

    Relay relay() {
        return relay;
    }

    /** The channels as the relay knows them. */
    List<Channel> relayed() {
        return relay.passes().stream().map(Passes::channel).toList();
    }

    Node node() {
        return keeper.node();
    }

    Connection connection() {
        return connection;
    }

    /** Before this moment nothing that it had in hand counts any more. */
    long startedOverAt() {
        return startedOverAt;
    }

    List<String> channels() {
        return channels;
    }

    void crash() {
        crashed = true;
        open = false;
    }

    /** Whether the application runs in it. */
    boolean isOpen() {
        return open;
    }

    void standStill(long until) {
        standsStillUntil = until;
    }

    /** Whether nothing of it happens at this time. */
    boolean standsStill() {
        return standsStillUntil > world.now();
    }

    /** A channel is of no use any more. */
    void lose(String channel) {
        lost.add(channel);
    }

    boolean hasLost(String channel) {
        return lost.contains(channel);
    }

    boolean hasLostAny() {
        return !lost.isEmpty();
    }

    boolean serves(String channel) {
        return channels.contains(channel) && !lost.contains(channel);
    }

    void seesAcknowledgement(EventEnvelope event) {
        acknowledgements.merge(event.channel(), 1L, Long::sum);
        acknowledgements.merge(topicOf(event), 1L, Long::sum);
    }

    private static String topicOf(EventEnvelope event) {
        return event.channel() + "/" + event.topic();
    }

    /** How many it has seen of this event's topic. */
    long acknowledgementsLike(EventEnvelope event) {
        return acknowledgements.getOrDefault(topicOf(event), 0L);
    }

    /** How many it has seen on this channel. */
    long acknowledgements(String channel) {
        return acknowledgements.getOrDefault(channel, 0L);
    }

    boolean hasCrashed() {
        return crashed;
    }

    // --- steps

    /** What happens before the application may fire: the node joins, and looks for what an earlier start has left. */
    void start() {
        perform("join", "join", keeper::join);
        perform("first sweep", "first sweep", this::sweep);
        open = true;
    }

    /** Stops in good order, as far as it can: what is acknowledged is marked, what is not is anybody's. */
    void stopInOrder() {
        open = false;
        perform("last marks", "last marks", relay.marking());
        perform("leave", "leave", keeper::leave);
        crash();
    }

    boolean makeSignalledPass(Chance chance) {
        signalWhatIsDue();
        List<Pass> ready =
                signalled.stream().filter(pass -> !underWay.contains(pass)).toList();
        if (ready.isEmpty()) {
            return false;
        }
        Pass pass = chance.of(ready);
        signalled.remove(pass);
        perform(pass, pass.name() + " pass " + pass.channel(), pass.run());
        return true;
    }

    private void signalWhatIsDue() {
        for (Map.Entry<Channel, Long> each : List.copyOf(later.entrySet())) {
            if (each.getValue() <= world.now()) {
                later.remove(each.getKey());
                send(each.getKey());
            }
        }
    }

    boolean makeDueTick(Chance chance) {
        Tick due = chance.of(ticks, tick -> tick.dueAt <= world.now() && !underWay.contains(tick));
        if (due == null) {
            return false;
        }
        perform(due);
        return true;
    }

    private void perform(Tick tick) {
        tick.dueAt = world.now() + tick.period;
        perform(tick, tick.name, tick.run);
    }

    boolean isBehind() {
        return !standsStill() && !crashed && hasSomethingDue();
    }

    private boolean hasSomethingDue() {
        return later.values().stream().anyMatch(dueAt -> dueAt <= world.now())
                || ticks.stream().anyMatch(tick -> tick.dueAt <= world.now());
    }

    boolean isAsleep() {
        return signalled.isEmpty() && underWay.isEmpty();
    }

    private void perform(Object key, String what, Runnable run) {
        world.trace(() -> this + ": " + what + " begins");
        underWay.add(key);
        try {
            run.run();
        } catch (PosthornException e) {
            // As the ticks do: the next one tries again.
            world.trace(() -> this + ": " + what + ": " + e.getMessage());
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            if (!scenario.faults().errors() || !ForeignCode.isSimulated(e)) {
                e.printStackTrace();
                ledger.violated("The " + what + " threw " + e);
            }
            world.trace(() -> this + ": " + what + ": " + e);
        } finally {
            underWay.remove(key);
        }
        ledger.throwIfViolated();
        world.trace(() -> this + ": " + what + " ends");
    }

    // --- what the fakes ask

    void assertNoMonitorIsHeld(String what) {
        if (crashed) {
            throw new Crashed();
        }
        for (Channel channel : relayed()) {
            ledger.require(!Thread.holdsLock(channel), "I/O under the monitor of a channel: %s", what);
        }
    }

    void assertMayAct(Fate fate) {
        if (scenario.faults().clockJumps()) {
            // Then even the living may be declared dead, and nobody can know: only duplicates follow.
            return;
        }
        Node node = keeper.node();
        ledger.require(
                world.store().nodes().isLiving(node.id()), "%s was sent by a node that others had declared dead", fate);
        ledger.require(
                world.store().mayBeSentBy(node, fate),
                "%s was sent by %s, though it is %s",
                fate,
                node.id(),
                world.store().row(fate));
    }

    void assertMemoryIsBounded() {
        for (Channel channel : relayed()) {
            ChannelStatus load = channel.status();
            ChannelSettings settings = scenario.settings();
            int batch = Math.min(settings.readBatch(), Math.max(1, settings.maxEvents() / 2));
            ledger.require(
                    load.events() <= settings.maxEvents() + batch
                            && load.bytes() <= settings.maxBytes() + Math.max(settings.maxBytes() / 2, Writers.LARGEST),
                    "Memory is above its bounds: %s",
                    load);
            ledger.require(load.unmarked() >= 0, "Something is in memory twice: %s", load);
            ledger.require(load.inFlight() <= settings.maxInFlight(), "Too many sends are under way: %s", load);
        }
    }

    // --- what the relay asks for

    @Override
    public void send(Channel channel) {
        signal("send", channel.name());
        if (world.chance().oneIn(3)) {
            // No question is large enough here to have the relay want that.
            ask(channel);
        }
    }

    @Override
    public void ask(Channel channel) {
        signal("ask", channel.name());
    }

    @Override
    public void retry(Channel channel) {
        signal("retry", channel.name());
    }

    @Override
    public void sendWithin(Channel channel, Duration time) {
        later.merge(channel, world.now() + time.toNanos(), Math::min);
    }

    @Override
    public void table(Channel channel) {
        signal("table", channel.name());
    }

    @Override
    public void gather() {
        world.interleave(this);
    }

    @Override
    public void mark() {
        signal("mark", "");
    }

    @Override
    public void takeOver() {
        signal("take over", "");
    }

    @Override
    public void announce() {
        signal("notify", "");
    }

    @Override
    public void stopSending() {}

    @Override
    public void stop() {}

    private void signal(String name, String channel) {
        assertNoMonitorIsHeld("wake-up");
        if (world.foreign().strikes(40)) {
            // There is no thread for it.
            return;
        }
        for (Pass pass : passes) {
            if (pass.is(name, channel)) {
                signalled.add(pass);
            }
        }
        world.interleaveSometimes(this);
    }

    @Override
    public boolean wantsDelivered() {
        return true;
    }

    @Override
    public void delivered(EventDelivered notification) {
        assertNoMonitorIsHeld("notification");
        ledger.marked(ledger.of(UUID.fromString(notification.event().id())));
        world.foreign().mayThrow(10);
    }

    @Override
    public void failed(EventDeliveryFailed notification) {
        assertNoMonitorIsHeld("notification");
        world.foreign().mayThrow(10);
    }

    @Override
    public void died(EventDied notification) {
        assertNoMonitorIsHeld("notification");
        world.foreign().mayThrow(10);
    }

    @SuppressWarnings("NullAway")
    private Failure classify(EventEnvelope event, Throwable error) {
        world.foreign().mayThrow(10);
        if (world.foreign().strikes(10)) {
            return null;
        }
        return error instanceof SimulatedFailure failure ? failure.meaning : Failure.UNCLEAR;
    }

    @Override
    public String toString() {
        return name;
    }
}
