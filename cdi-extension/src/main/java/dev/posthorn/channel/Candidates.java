package dev.posthorn.channel;

import org.jspecify.annotations.Nullable;

/**
 * Which event is to be sent next. As long as a destination, or the broker, may not take anything, it is one that finds out more, and only
 * one of these at a time. Guarded by the channel's monitor.
 */
final class Candidates {

    private final Ready ready;
    private final Lanes lanes;
    private final Destinations destinations;
    private final Flights flights;
    private final Failures failures;
    private final BrokerWatch broker;
    private final Stance stance;

    Candidates(
            Ready ready,
            Lanes lanes,
            Destinations destinations,
            Flights flights,
            Failures failures,
            BrokerWatch broker,
            Stance stance) {
        this.ready = ready;
        this.lanes = lanes;
        this.destinations = destinations;
        this.flights = flights;
        this.failures = failures;
        this.broker = broker;
        this.stance = stance;
    }

    @Nullable
    Entry next(long now) {
        return broker.isPaused() ? probe(now) : usual(now);
    }

    private @Nullable Entry usual(long now) {
        Destination toTry = flights.isProbing() ? null : destinations.toTry(now, ready);
        return toTry == null ? ready.peek() : ready.peekAside(toTry);
    }

    private @Nullable Entry probe(long now) {
        if (flights.isProbing() || !broker.newProbeIsDue(now)) {
            return null;
        }
        Entry open = ready.peek();
        boolean mayBeAny = broker.probeIsDue(now) && flights.isEmpty() && !failures.isRetrying();
        Destination closed = open != null ? null : destinations.toProbe(!mayBeAny, ready);
        return closed == null ? open : ready.peekAside(closed);
    }

    /** A destination that is to be tried, all of whose events are in the table. */
    @Nullable
    Destination toRead(long now) {
        if (!stance.mayBegin() || flights.isProbing()) {
            return null;
        }
        if (!broker.isPaused()) {
            return destinations.toRead(now, ready);
        }
        return broker.probeIsDue(now) && flights.isEmpty() ? destinations.toReadForProbe(now, ready) : null;
    }

    /** Whether there may be something to send, or to ask for. */
    boolean mayBeThere() {
        return lanes.hasTurns() || destinations.mayHaveSomethingToTry();
    }
}
