package dev.posthorn.relay;

import dev.posthorn.EventDelivered;
import dev.posthorn.EventDeliveryFailed;
import dev.posthorn.EventDied;
import dev.posthorn.PosthornException;
import dev.posthorn.clean.Cleaner;
import dev.posthorn.node.NodeKeeper;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.spi.Node;
import java.time.Duration;
import java.util.ArrayList;
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
    private final List<Pass> passes = new ArrayList<>();
    private final List<Tick> ticks = new ArrayList<>();
    private final Set<Pass> signalled = new LinkedHashSet<>();
    private final Set<Object> underWay = new LinkedHashSet<>();
    private final long bornAt;
    private long startedOverAt;
    private boolean crashed;
    private int starts;
    private int sweeps;

    Life(World world, Ledger ledger, Scenario scenario, SimulatedStore store, SimulatedBroker broker, String name) {
        this.world = world;
        this.ledger = ledger;
        this.scenario = scenario;
        this.bornAt = world.now();
        connection = new Connection(world, this, store);
        keeper = new NodeKeeper(
                connection,
                name,
                () -> new Node(name + "." + world.lifeNumber() + "." + ++starts, "app"),
                Scenario.NODE_TIMEOUT,
                this::startOver,
                this::clock);
        Map<String, RelaySettings> settings = new TreeMap<>();
        scenario.channels().forEach(channel -> settings.put(channel, scenario.settings()));
        relay = new Relay(
                settings,
                new Relay.Ports(
                        connection,
                        broker.transportOf(this),
                        broker.retrierOf(this),
                        keeper,
                        this,
                        (event, error) -> Failure.UNCLEAR),
                this::clock);
        relay.wakeBy(this);
        for (ChannelRelay channel : relay.channels()) {
            passes.add(new Pass("send", channel.name(), () -> relay.sendPass(channel)));
            passes.add(new Pass("retry", channel.name(), () -> relay.retryPass(channel)));
            passes.add(new Pass("table", channel.name(), () -> relay.tablePass(channel)));
        }
        passes.add(new Pass("mark", "", relay::markPass));
        Cleaner cleaner = new Cleaner(connection, keeper, RETENTION, 2);
        ticks.add(new Tick("beat", Duration.ofMillis(1500), world.now(), keeper::beat));
        ticks.add(new Tick("sweep", Duration.ofSeconds(4), world.now(), this::sweep));
        ticks.add(new Tick("pulse", Duration.ofSeconds(1), world.now(), relay::pulse));
        ticks.add(new Tick("clean", Duration.ofSeconds(5), world.now(), cleaner::clean));
    }

    /** A monotonic clock, which begins anywhere. */
    private long clock() {
        return world.now() - bornAt - Duration.ofDays(1).toNanos();
    }

    private void startOver() {
        startedOverAt = world.now();
        relay.startOver();
    }

    private void sweep() {
        sweeps++;
        relay.sweep();
    }

    Relay relay() {
        return relay;
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

    void crash() {
        crashed = true;
    }

    boolean hasCrashed() {
        return crashed;
    }

    int sweeps() {
        return sweeps;
    }

    // --- steps

    /** What happens before the application may fire: the node joins, and looks for what an earlier start has left. */
    void start() {
        perform("join", "join", keeper::join);
        perform("first sweep", "first sweep", this::sweep);
    }

    boolean makeSignalledPass(Chance chance) {
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
        return ticks.stream().anyMatch(tick -> tick.dueAt <= world.now());
    }

    boolean isAsleep() {
        return signalled.isEmpty() && underWay.isEmpty();
    }

    private void perform(Object what, String name, Runnable run) {
        world.trace(() -> name + " begins");
        underWay.add(what);
        try {
            run.run();
        } catch (PosthornException e) {
            // As the ticks do: the next one tries again.
            world.trace(() -> name + ": " + e.getMessage());
        } catch (RuntimeException e) {
            ledger.violated("The " + name + " threw " + e);
        } finally {
            underWay.remove(what);
        }
        ledger.throwIfViolated();
        world.trace(() -> name + " ends");
    }

    // --- what the fakes ask

    void assertNoMonitorIsHeld(String what) {
        if (crashed) {
            throw new Crashed();
        }
        for (ChannelRelay channel : relay.channels()) {
            ledger.require(!Thread.holdsLock(channel), "I/O under the monitor of a channel: %s", what);
        }
    }

    void assertMayAct(Fate fate) {
        Node node = keeper.node();
        ledger.require(
                world.store().nodes().isLiving(node.id()), "%s was sent by a node that others had declared dead", fate);
        ledger.require(world.store().mayBeSentBy(node, fate), "%s was sent by a node that does not own it", fate);
    }

    void assertMemoryIsBounded() {
        for (ChannelRelay channel : relay.channels()) {
            ChannelStatus load = channel.status();
            RelaySettings settings = scenario.settings();
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
    public void send(ChannelRelay channel) {
        signal("send", channel.name());
    }

    @Override
    public void retry(ChannelRelay channel) {
        signal("retry", channel.name());
    }

    @Override
    public void sendWithin(ChannelRelay channel, Duration time) {
        // With the next pulse.
    }

    @Override
    public void table(ChannelRelay channel) {
        signal("table", channel.name());
    }

    @Override
    public void mark() {
        signal("mark", "");
    }

    private void signal(String name, String channel) {
        assertNoMonitorIsHeld("wake-up");
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
    }

    @Override
    public void failed(EventDeliveryFailed notification) {
        assertNoMonitorIsHeld("notification");
        ledger.counted(ledger.of(UUID.fromString(notification.event().id())));
    }

    @Override
    public void died(EventDied notification) {
        assertNoMonitorIsHeld("notification");
        ledger.counted(ledger.of(UUID.fromString(notification.event().id())));
    }
}
