package dev.posthorn.relay;

import dev.posthorn.WhenDead;
import dev.posthorn.spi.EventEnvelope;
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
    List<EventEnvelope> newEvents(int transaction, int place, Node writer) {
        List<EventEnvelope> events = new ArrayList<>();
        int count = chance.between(1, 4);
        for (int i = 0; i < count; i++) {
            EventEnvelope event = newEvent(transaction, place + i);
            Fate fate = new Fate(event, writer.id(), transaction, place + i, ledger.moment());
            fate.poison = scenario.poison() && !world.isSettling() && chance.oneIn(10);
            ledger.enter(fate);
            events.add(event);
        }
        world.trace(() -> "transaction " + transaction + " fires "
                + events.stream().map(this::describe).toList());
        return events;
    }

    private EventEnvelope newEvent(int transaction, int place) {
        boolean keyed = !chance.oneIn(4);
        return new EventEnvelope(
                new UUID(transaction, place),
                "Something",
                "simulation",
                Instant.EPOCH,
                chance.of(scenario.channels()),
                "topic",
                keyed ? "k" + chance.below(scenario.keys()) : null,
                !chance.oneIn(10),
                WhenDead.BLOCK,
                "text/plain",
                Map.of("name", "t" + transaction + "e" + place),
                new byte[chance.oneIn(15) ? LARGEST : chance.between(0, 30)]);
    }

    private String describe(EventEnvelope event) {
        return ledger.of(event) + "[" + event.channel() + "/" + event.key() + (event.ordered() ? "" : " unordered")
                + " " + event.data().length + "]";
    }
}
