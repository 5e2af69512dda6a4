package dev.posthorn.relay;

import dev.posthorn.WhenDead;
import dev.posthorn.simulation.Chance;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.spi.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes up what transactions fire. */
final class Writers {

    /** The size of the largest event. */
    static final int LARGEST = 100;

    /** More than memory takes, for most. */
    private static final int MANY = 30;

    private static final List<WhenDead> POLICIES = List.of(WhenDead.values());
    private static final List<Failure> POISONS = List.of(Failure.UNCLEAR, Failure.EVENT, Failure.HOPELESS);

    private final World world;
    private final Scenario scenario;
    private final Ledger ledger;
    private final Chance chance;

    Writers(World world, Scenario scenario, Ledger ledger, Chance chance) {
        this.world = world;
        this.scenario = scenario;
        this.ledger = ledger;
        this.chance = chance;
    }

    /** The events of one append, entered into the ledger. */
    List<EventEnvelope> newEvents(int transaction, int place, Node writer, List<String> channels) {
        List<EventEnvelope> events = new ArrayList<>();
        boolean many = !world.topics().areSteady() && !world.isSettling() && chance.oneIn(5);
        String topic = many ? world.topics().anyUnsteady() : null;
        int count = chance.between(1, many ? MANY : 4);
        for (int i = 0; i < count; i++) {
            EventEnvelope event = newEvent(transaction, place + i, channels, topic == null ? anyTopic() : topic);
            Fate fate = new Fate(event, writer.id(), transaction, place + i, ledger.moment());
            if (scenario.faults().poison() && !world.isSettling() && chance.oneIn(7)) {
                fate.poison = chance.of(POISONS);
            }
            ledger.enter(fate);
            events.add(event);
        }
        world.trace(() -> "transaction " + transaction + " fires "
                + events.stream().map(this::describe).toList());
        return events;
    }

    /** In the end others are to see that a channel delivers. */
    private String anyTopic() {
        return world.isSettling() ? world.topics().steady() : world.topics().any();
    }

    private EventEnvelope newEvent(int transaction, int place, List<String> channels, String topic) {
        boolean keyed = !chance.oneIn(4);
        return new EventEnvelope(
                new UUID(transaction, place),
                "Something",
                "simulation",
                Instant.EPOCH,
                chance.of(channels),
                topic,
                keyed ? "k" + chance.below(scenario.keys()) : null,
                !chance.oneIn(10),
                chance.of(POLICIES),
                "text/plain",
                Map.of("name", "t" + transaction + "e" + place),
                new byte[chance.oneIn(15) ? LARGEST : chance.between(0, 30)]);
    }

    private String describe(EventEnvelope event) {
        return ledger.of(event) + "[" + event.channel() + "/" + event.key()
                + (world.topics().takesNothing(event.topic()) ? " of " + event.topic() : "")
                + (event.ordered() ? " " + event.whenDead() : " unordered")
                + (ledger.of(event).poison == null ? "" : " poison " + ledger.of(event).poison) + " "
                + event.data().length + "]";
    }
}
