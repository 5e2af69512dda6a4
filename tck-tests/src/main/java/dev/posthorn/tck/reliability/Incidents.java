package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happened and when: so whether a delay or a duplicate has a reason. */
final class Incidents {

    /** For so long a node that was frozen, or without its database, may not know what became of its events. */
    private static final Duration AFTERMATH = Duration.ofSeconds(15);

    /** For so long an answer may be under way. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(10);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final List<Incident> all = new CopyOnWriteArrayList<>();
    private final Instant start = Instant.now();

    /** Has begun; it ends when it is closed. */
    Incident begin(Fault fault) {
        return begin(fault, Instant.now());
    }

    Incident begin(Fault fault, Instant at) {
        Incident incident = new Incident(fault, at);
        all.add(incident);
        return incident;
    }

    /** Since when nothing has happened that an event could have to wait for; now, if something is happening. */
    Instant quietSince() {
        return all.stream()
                .filter(each -> each.fault.target().delays())
                .map(Incident::until)
                .reduce(start, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** Whether anything explains that an event that was sent once was sent again. */
    boolean explain(Instant sent, Instant sentAgain) {
        return all.stream().anyMatch(each -> each.explains(sent, sentAgain));
    }

    /** Something that happens to somebody. */
    static final class Incident implements AutoCloseable {

        private final Fault fault;
        private final Instant from;
        private volatile Instant end;

        private Incident(Fault fault, Instant from) {
            this.fault = fault;
            this.from = from;
        }

        private Instant until() {
            return end == null ? Instant.now() : end;
        }

        private boolean explains(Instant sent, Instant sentAgain) {
            return switch (fault.target()) {
                case NODE, DATABASE ->
                    from.isBefore(sentAgain) && until().plus(AFTERMATH).isAfter(sent);
                case BROKER ->
                    from.minus(UNDER_WAY).isBefore(sent) && lastAnswerLost().isAfter(sent);
                case OPERATOR, APPLICATION -> false;
            };
        }

        /** A broker that is not there takes nothing that it could leave without an answer. One that is frozen finds it later. */
        private Instant lastAnswerLost() {
            return (fault == Fault.KILL_BROKER || fault == Fault.LONE_OUTAGE ? from : until()).plus(TICK);
        }

        @Override
        public void close() {
            close(Instant.now());
        }

        void close(Instant at) {
            end = at;
        }
    }
}
