package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What happened and when: so whether a delay or a duplicate has a reason. */
final class Incidents {

    /** For so long a node that was frozen, or without its database, may not know what became of its events. */
    private static final Duration AFTERMATH = Duration.ofSeconds(15);

    /**
     * For so long a client repeats by itself what a topic does not take: two minutes, and the time of a last attempt. A node that was declared
     * dead meanwhile knows nothing of that any more, and its heir sends the same event.
     */
    private static final Duration AFTERMATH_OF_BAD_TOPIC = Duration.ofSeconds(135);

    /** For so long an answer may be under way. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(10);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final List<Incident> all = new CopyOnWriteArrayList<>();
    private final Instant start = Instant.now();

    /** Has begun; it ends when it is closed. */
    Incident begin(Fault fault) {
        return begin(fault, null);
    }

    /** @param key the one that it happens to, if it happens to one alone */
    Incident begin(Fault fault, @Nullable String key) {
        return begin(fault, key, Instant.now());
    }

    Incident begin(Fault fault, @Nullable String key, Instant at) {
        Incident incident = new Incident(fault, key, at);
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

    /** Whether anything explains that an event of this key that was sent once was sent again. */
    boolean explain(String key, Instant sent, Instant sentAgain) {
        return all.stream().anyMatch(each -> each.explains(key, sent, sentAgain));
    }

    /** Something that happens to somebody. */
    static final class Incident implements AutoCloseable {

        private final Fault fault;
        private final @Nullable String key;
        private final Instant from;
        private volatile Instant end;

        private Incident(Fault fault, @Nullable String key, Instant from) {
            this.fault = fault;
            this.key = key;
            this.from = from;
        }

        private Instant until() {
            return end == null ? Instant.now() : end;
        }

        private boolean explains(String ofKey, Instant sent, Instant sentAgain) {
            return switch (fault.target()) {
                case NODE, DATABASE -> isBetween(sent, sentAgain, aftermath(ofKey));
                case BROKER ->
                    from.minus(UNDER_WAY).isBefore(sent) && lastAnswerLost().isAfter(sent);
                case OPERATOR ->
                    fault == Fault.PARK_OUTBOX_KEY && ofKey.equals(key) && isBetween(sent, sentAgain, AFTERMATH);
                case APPLICATION -> false;
            };
        }

        /** Or a little before: whoever has it under way knows nothing of others who have it by now. */
        private boolean isBetween(Instant sent, Instant sentAgain, Duration aftermath) {
            return from.isBefore(sentAgain) && until().plus(aftermath).isAfter(sent);
        }

        private static Duration aftermath(String key) {
            return Destinations.isOf(key) ? AFTERMATH_OF_BAD_TOPIC : AFTERMATH;
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
