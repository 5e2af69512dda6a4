package dev.posthorn.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is compared. */
enum Variant {
    /** Posthorn: a business row and an event. */
    WITH(Host.PAYARA, Relaying.IN_ORDER, Outbox.POSTHORN),
    /** The same transactions on the same server, without the event. */
    WITHOUT(Host.PAYARA, Relaying.NOTHING, Outbox.NONE),
    WITH_WILDFLY(Host.WILDFLY, Relaying.IN_ORDER, Outbox.POSTHORN),
    WITHOUT_WILDFLY(Host.WILDFLY, Relaying.NOTHING, Outbox.NONE),
    WITH_LIBERTY(Host.LIBERTY, Relaying.IN_ORDER, Outbox.POSTHORN),
    WITHOUT_LIBERTY(Host.LIBERTY, Relaying.NOTHING, Outbox.NONE),
    /** An event like any of CDI, which an observer sends after the commit. */
    SEND(Host.PAYARA, Relaying.IN_ORDER, Outbox.NONE),
    /** A relay from memory, written by hand, on the same server. */
    DIRECT_EMITTER(Host.PAYARA, Relaying.IN_ORDER, Outbox.DIRECT_EMITTER),
    /** A relay that polls, written by hand, on the same server. */
    POLLER_EMITTER(Host.PAYARA, Relaying.IN_ORDER, Outbox.POLLER_EMITTER),
    /** The yardstick: a relay from memory, written by hand, in plain Java. */
    DIRECT(Host.DIRECT, Relaying.IN_ORDER, Outbox.DIRECT),
    /** A relay that polls, written by hand. */
    POLLER(Host.DIRECT, Relaying.IN_ORDER, Outbox.POLLER),
    /** Two inserts alone. */
    INSERTS(Host.DIRECT, Relaying.NOTHING, Outbox.NONE),
    /** Kafka's producer alone. */
    KAFKA(Host.DIRECT, Relaying.IN_ORDER, Outbox.NONE),
    /** transaction-outbox. */
    GRUELBOX(Host.GRUELBOX, Relaying.IN_ANY_ORDER, Outbox.GRUELBOX),
    /** Spring Modulith's registry of publications, and its externalization to Kafka. */
    MODULITH(Host.MODULITH, Relaying.IN_ANY_ORDER, Outbox.MODULITH),
    NAMASTACK(Host.NAMASTACK, Relaying.IN_ORDER, Outbox.NAMASTACK),
    /** The embedded engine with the outbox event router. */
    DEBEZIUM(Host.DEBEZIUM, Relaying.IN_ORDER, Outbox.DEBEZIUM),
    /** A message to Artemis in the transaction, which is committed in two phases. */
    JMS_XA(Host.WILDFLY_JMS, Relaying.IN_ORDER, Outbox.NONE);

    private enum Relaying {
        NOTHING,
        IN_ANY_ORDER,
        /** At least what one thread commits one after the other. */
        IN_ORDER
    }

    final Host host;
    final Outbox outbox;
    private final Relaying relaying;

    Variant(Host host, Relaying relaying, Outbox outbox) {
        this.host = host;
        this.relaying = relaying;
        this.outbox = outbox;
    }

    boolean relays() {
        return relaying != Relaying.NOTHING;
    }

    boolean keepsOrder() {
        return relaying == Relaying.IN_ORDER;
    }

    /** Whether there is something to be committed. */
    boolean hasTransactions() {
        return this != KAFKA;
    }

    /** Whether the two are to be set against each other: not Posthorn on one server against another server. */
    boolean isComparableWith(Variant other) {
        return host == other.host || !other.host.hasPosthorn();
    }

    /**
     * Whether it can have a backlog: what it has not sent is in a table, from which it is sent later. All others look for nothing where there
     * is nothing to do.
     */
    boolean catchesUp() {
        return outbox != Outbox.NONE && outbox != Outbox.DIRECT && outbox != Outbox.DIRECT_EMITTER;
    }

    boolean isPosthorn() {
        return outbox == Outbox.POSTHORN;
    }

    /** Whether its transactions have no event at all. */
    boolean hasNoEvents() {
        return host.hasPosthorn() && !relays();
    }

    /** Whether its process has been taught the database. */
    boolean runsOn(Database database) {
        return database == Database.POSTGRESQL || host.hasPosthorn() || host == Host.DIRECT;
    }

    /** Whether several nodes of one application can share its load. */
    boolean runsOnSeveralNodes() {
        return isPosthorn() || hasNoEvents();
    }

    /** The one whose transactions are the same but for what the event adds, if there is one. */
    Optional<Variant> base() {
        if (host.hasPosthorn()) {
            return relays() ? Optional.of(hasNoEventsOn(host)) : Optional.empty();
        }
        return this == DIRECT || this == POLLER ? Optional.of(INSERTS) : Optional.empty();
    }

    private static Variant hasNoEventsOn(Host host) {
        return Arrays.stream(values())
                .filter(variant -> variant.host == host && variant.hasNoEvents())
                .findFirst()
                .orElseThrow();
    }

    /** The same on other servers, if there is such a variant on each. */
    Stream<Variant> on(List<Host> servers) {
        return isPosthorn() || hasNoEvents()
                ? servers.stream().map(server -> isPosthorn() ? hasEventsOn(server) : hasNoEventsOn(server))
                : Stream.of(this);
    }

    private static Variant hasEventsOn(Host host) {
        return Arrays.stream(values())
                .filter(variant -> variant.host == host && variant.isPosthorn())
                .findFirst()
                .orElseThrow();
    }

    /** The name by which its process knows it. */
    String request() {
        return isPosthorn() ? "with" : hasNoEvents() ? "without" : label();
    }

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    static Variant of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
