package dev.posthorn.inbox;

import dev.posthorn.PosthornException;
import dev.posthorn.receive.MessageReader;
import dev.posthorn.simulation.Chance;
import dev.posthorn.watch.StoreWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;

/** One start of a node, until it crashes or stops: its inbox, and the ticks that are due. */
final class Life {

    static final String CONSUMER = "app";

    private static final class Tick {
        final String name;
        final long period;
        final Runnable run;
        long dueAt;
        boolean isUnderWay;

        Tick(String name, Duration period, long now, Runnable run) {
            this.name = name;
            this.period = period.toNanos();
            this.run = run;
            this.dueAt = now;
        }
    }

    private final World world;
    private final String name;
    private final Connection connection;
    private final Inbox inbox;
    private final List<Tick> ticks = new ArrayList<>();
    private final Map<String, Integer> handled = new TreeMap<>();
    private final long bornAt;
    private int threads;
    private long standsStillUntil;
    private boolean stopping;
    private boolean crashed;

    Life(World world, String name, SimulatedStore store) {
        this.world = world;
        this.name = name;
        this.bornAt = world.now();
        Scenario scenario = world.scenario();
        connection = new Connection(world, this, store);
        Map<String, InboxSettings> settings = new TreeMap<>();
        scenario.channels().forEach(channel -> settings.put(channel, scenario.settings()));
        Ports ports = new Ports(
                connection,
                new SimulatedTransactions(world, this),
                new MessageReader(world::typeOfChannel),
                new StoreWatch(this::clock),
                this::type);
        inbox = new Inbox(CONSUMER, settings, ports, new Threads(this::execute, Duration.ZERO, this::clock));
        ticks.add(new Tick("pulse", Duration.ofSeconds(1), world.now(), inbox::pulse));
        if (!scenario.faults().isOfHandlers()) {
            ticks.add(new Tick("sweep", Duration.ofSeconds(7), world.now(), inbox::sweep));
        }
    }

    private Optional<HandledType> type(String type) {
        if (world.surprises()) {
            throw world.errorOfTheMachine();
        }
        return world.scenario().kinds().stream()
                .filter(kind -> kind.name().equals(type) && kind.handled())
                .findFirst()
                .map(kind -> new SimulatedType(world, this, kind));
    }

    private long clock() {
        return world.now() - bornAt - Duration.ofDays(1).toNanos();
    }

    private void execute(Runnable task) {
        if (world.surprises()) {
            throw new OutOfMemoryError("simulated: unable to create native thread");
        }
        if (crashed || world.hasNoThread()) {
            throw new RejectedExecutionException("simulated");
        }
        world.actors().start(this, name + "." + ++threads, task);
    }

    /** So many more events are being handled. */
    void handles(String channel, int more) {
        int count = handled.merge(channel, more, Integer::sum);
        world.ledger()
                .require(
                        count <= world.scenario().parallelism(),
                        "%s handles %d events at once on channel %s",
                        this,
                        count,
                        channel);
    }

    Connection connection() {
        return connection;
    }

    void open(SimulatedBroker broker) {
        inbox.open(broker.sourceOf(this), inbox.channels());
    }

    /** Stops in good order: what is being handled goes on for a while, nothing else. */
    void stop() {
        stopping = true;
        inbox.close(Duration.ZERO);
    }

    boolean isStopping() {
        return stopping;
    }

    void crash() {
        crashed = true;
    }

    boolean hasCrashed() {
        return crashed;
    }

    void standStill(long until) {
        standsStillUntil = until;
    }

    boolean standsStill() {
        return !crashed && standsStillUntil > world.now();
    }

    /** A point where others may go on, or this node may die. */
    void pass() {
        world.passBaton(this);
    }

    /** The same, and sometimes others go on for long. */
    void linger() {
        for (int i = world.chance().oneIn(3) ? world.chance().below(20) : 1; i > 0; i--) {
            pass();
        }
    }

    void suspendOrResume(Chance chance) {
        inbox.suspend(chance.oneIn(2) ? Set.of(chance.of(world.scenario().channels())) : Set.of());
    }

    void resume() {
        inbox.suspend(Set.of());
    }

    /** What the operators' bean of this node does when it has changed entries. */
    void lookAgain(String channel, String key) {
        world.actors().start(this, name + ".operator" + ++threads, () -> inbox.rowsChanged(channel, List.of(key)));
    }

    boolean tick(Chance chance) {
        Tick due = chance.of(ticks, tick -> tick.dueAt <= world.now() && !tick.isUnderWay);
        if (due == null || crashed || stopping || standsStill()) {
            return false;
        }
        due.dueAt = world.now() + due.period;
        due.isUnderWay = true;
        world.actors().start(this, name + "." + due.name, () -> run(due));
        return true;
    }

    private static void run(Tick tick) {
        try {
            tick.run.run();
        } catch (PosthornException e) {
            // As the ticks do: the next one tries again.
        } finally {
            tick.isUnderWay = false;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
