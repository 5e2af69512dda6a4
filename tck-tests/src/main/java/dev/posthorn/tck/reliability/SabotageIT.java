package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.reliability.Sabotage.Change;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shows that a run without a complaint means something: relays and inboxes that are broken on purpose are caught. Each needs nodes of
 * its own, so that a build does not run them unless it is told to, by {@code faults.broken}: all if it is {@code true}, otherwise those whose names
 * contain a part of it.
 */
@Tag("cluster")
@EnabledIfSystemProperty(named = "faults.broken", matches = ".+")
public class SabotageIT {

    private static final String ENGINE = "cdi-extension";
    private static final String BRIDGE = "reactive-messaging-bridge";
    private static final String STORES = "jpa-outbox";

    private static final int NODES = 3;
    private static final Duration QUIET = Duration.ofSeconds(15);
    private static final Duration FAULTS = Duration.ofSeconds(40);

    @AfterEach
    void repair() {
        Fixtures.database().start();
        Fixtures.broker().start();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("chosenRelays")
    void brokenRelayIsCaught(Sabotage relay) {
        requireCaught("a relay", relay);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("chosenInboxes")
    void brokenInboxIsCaught(Sabotage inbox) {
        requireCaught("an inbox", inbox);
    }

    private static void requireCaught(String victim, Sabotage sabotage) {
        long seed = FaultSettings.seed();
        TckArchive archive = sabotage.addTo(LedgerApplication.on(Database.proxied(LedgerApplication.NAME)));
        Duration faults = sabotage.needsFaults() ? FAULTS : Duration.ZERO;
        try (Cluster cluster = Cluster.start("broken", archive, NODES)) {
            Report report = RandomFaults.on(cluster, new LedgerTable(LedgerApplication.NAME), faults, seed, QUIET);
            System.out.println("FAULTS " + victim + " that " + sabotage + "\n" + report);
            assertTrue(
                    sabotage.caughtAs().stream().anyMatch(report.verdict().violations()::containsKey),
                    report::toString);
        }
    }

    static Stream<Sabotage> chosenRelays() {
        return relays().filter(SabotageIT::isChosen);
    }

    static Stream<Sabotage> chosenInboxes() {
        return inboxes().filter(SabotageIT::isChosen);
    }

    private static boolean isChosen(Sabotage sabotage) {
        String chosen = System.getProperty("faults.broken");
        return chosen.equals("true") || Stream.of(chosen.split(",")).anyMatch(sabotage.name()::contains);
    }

    static Stream<Sabotage> relays() {
        return Stream.of(
                new Sabotage(
                        "marks before the acknowledgement",
                        Set.of(Violation.LOST),
                        true,
                        List.of(new Change(
                                ENGINE,
                                "relay/SendPass.java",
                                "answer.whenComplete((done, error) -> answers.answered(send, error));",
                                "answers.acknowledged(send);"))),
                new Sabotage(
                        "hands over again what the broker's client still has",
                        Set.of(Violation.NEEDLESS_DUPLICATE),
                        true,
                        List.of(
                                new Change(
                                        ENGINE,
                                        "relay/Unanswered.java",
                                        "return now - since >= patience;",
                                        "return true;"),
                                new Change(
                                        BRIDGE,
                                        "messaging/SendsUnderWay.java",
                                        "isAwaited(event, earlier) ? earlier : later",
                                        "later"))),
                new Sabotage(
                        "waits for observers where it marks",
                        Set.of(Violation.HELD_UP),
                        true,
                        List.of(new Change(
                                ENGINE,
                                "relay/Notifications.java",
                                "offer(deliveries, notification);",
                                "listener.delivered(notification);"))),
                new Sabotage(
                        "releases to other nodes what its client still has",
                        Set.of(Violation.NEEDLESS_DUPLICATE, Violation.BLAMED),
                        true,
                        List.of(
                                new Change(
                                        ENGINE,
                                        "relay/Answers.java",
                                        "failed(send, error, sends::notAnswered);",
                                        "failed(send, error, sends::failed);"),
                                new Change(
                                        ENGINE,
                                        "channel/Failures.java",
                                        "} else if (!answered && verdict",
                                        "} else if (!answered && error == null && verdict"))),
                new Sabotage(
                        "counts what its topic does not take against the event",
                        Set.of(Violation.BLAMED),
                        true,
                        List.of(
                                new Change(
                                        ENGINE,
                                        "channel/Verdicts.java",
                                        "if (destination.lastTaken > entry.firstSend) {",
                                        "if (destination.lastTaken >= 0) {"),
                                new Change(
                                        ENGINE,
                                        "channel/Failures.java",
                                        "} else if (!answered && verdict",
                                        "} else if (!answered && error == null && verdict"),
                                new Change(
                                        ENGINE,
                                        "channel/Failures.java",
                                        "default -> awaitAnswer(entry, verdict, now);",
                                        "default -> perhapsItsOwn(entry, error, now);"))),
                new Sabotage(
                        "lets a topic that takes nothing fill its memory",
                        Set.of(Violation.HELD_UP),
                        true,
                        List.of(new Change(
                                ENGINE,
                                "channel/Destinations.java",
                                "return passedOver.size() < MOST && closed.stream()",
                                "return passedOver.size() > MOST && closed.stream()"))),
                new Sabotage(
                        "adopts a living node's rows",
                        Set.of(Violation.NEEDLESS_DUPLICATE),
                        false,
                        List.of(
                                new Change(
                                        STORES,
                                        "jpa/statement/Owners.java",
                                        "Set<Long> known = living(em);",
                                        "Set<Long> known = Set.of();"),
                                new Change(
                                        STORES,
                                        "jpa/statement/Owners.java",
                                        "removeIf(owner -> now.contains(Math.abs(owner)))",
                                        "removeIf(owner -> now.isEmpty())"),
                                new Change(
                                        STORES,
                                        "jpa/outbox/JpaEventStore.java",
                                        "if (own.run(em -> adoption.takeOver(",
                                        "if (Math.abs(owner) != Numbers.owner(node) && own.run(em -> adoption.takeOver("))),
                new Sabotage(
                        "relays after a rollback",
                        Set.of(Violation.NOT_COMMITTED),
                        false,
                        List.of(new Change(
                                ENGINE,
                                "store/Storing.java",
                                "STATUS_ROLLEDBACK -> relay.rolledBack(ticket);",
                                "STATUS_ROLLEDBACK -> relay.committed(ticket);"))),
                new Sabotage(
                        "stores events in a transaction of its own",
                        Set.of(Violation.NOT_COMMITTED),
                        true,
                        List.of(
                                new Change(
                                        STORES,
                                        "jpa/outbox/JpaEventStore.java",
                                        "statements.get().append().append(transactions.current(), owner, events);",
                                        "transactions.separately(em -> statements.get().append().append(em, owner, events));"))),
                new Sabotage(
                        "forgets the question across nodes",
                        Set.of(Violation.OVERTAKEN),
                        false,
                        List.of(new Change(
                                ENGINE,
                                "channel/Turns.java",
                                "if (ahead == null || isAhead(",
                                "if (ahead == null || turn.kind() == Turn.Kind.AFTER_FOREIGN || isAhead("))),
                new Sabotage(
                        "overtakes from memory what is in the table",
                        Set.of(Violation.OVERTAKEN),
                        true,
                        List.of(new Change(
                                ENGINE,
                                "channel/Turns.java",
                                "if (ahead == null || isAhead(",
                                "if (ahead == null || turn.kind() == Turn.Kind.AFTER_OWN || isAhead("))));
    }

    static Stream<Sabotage> inboxes() {
        return Stream.of(
                new Sabotage(
                        "handles what it knows",
                        Set.of(Violation.HANDLED_TWICE),
                        true,
                        List.of(new Change(
                                ENGINE,
                                "inbox/ArrivedTask.java",
                                "return admission == Admission.NEW;",
                                "return admission != Admission.BEHIND;"))),
                new Sabotage(
                        "acknowledges what it has not yet handled",
                        Set.of(Violation.UNHANDLED, Violation.HANDLED_LATE),
                        true,
                        List.of(new Change(
                                ENGINE,
                                "inbox/InboxChannel.java",
                                "workers.submit(task);",
                                "workers.submit(task); arrival.acknowledge();"))),
                new Sabotage(
                        "overtakes what is kept",
                        Set.of(Violation.HANDLED_LATE),
                        false,
                        List.of(new Change(STORES, "jpa/inbox/Admit.java", "if (key == null) {", "if (true) {"))),
                new Sabotage(
                        "takes an Error for success",
                        Set.of(Violation.UNHANDLED),
                        false,
                        List.of(new Change(
                                ENGINE,
                                "inbox/Attempt.java",
                                "            handlers.proceed();",
                                "            try { handlers.proceed(); } catch (Error e) { }"))),
                new Sabotage(
                        "discards what no handler can do",
                        Set.of(Violation.NOT_KEPT),
                        // On a busy machine none may have used up its attempts within the seconds without faults.
                        true,
                        List.of(new Change(
                                STORES,
                                "jpa/inbox/InboxMarks.java",
                                "event_key IS NULL OR when_dead = 2 THEN 2",
                                "event_key IS NULL OR when_dead = 2 THEN 5"))));
    }
}
