package dev.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.simulation.Mutant;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that a run without a complaint means something: bugs that are put in on purpose are found. */
class SimulationFindsBugsTest {

    private static final int SEEDS = 600;

    @ParameterizedTest
    @EnumSource(value = Bug.class, names = "NONE", mode = Mode.EXCLUDE)
    void whatIsWrongAroundTheEngineIsFound(Bug bug) {
        assertFound(Simulation.findSeed(bug, bug.seed, SEEDS));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void whatIsWrongInTheEngineIsFound(Mutant mutant, @TempDir Path scratch) throws Exception {
        assertFound(mutant.findSeed(Simulation.class, scratch, SEEDS));
    }

    private static void assertFound(OptionalLong seed) {
        assertTrue(seed.isPresent(), "No run among " + SEEDS + " breaks a promise");
        if (Boolean.getBoolean("simulation.verbose")) {
            System.out.println("found by seed " + seed.getAsLong());
        }
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
                        turns(),
                        shelves(),
                        failures(),
                        destinations(),
                        memory(),
                        passes(),
                        outages(),
                        foreignCode(),
                        nodes())
                .flatMap(each -> each);
    }

    private static Stream<Mutant> turns() {
        return Stream.of(
                new Mutant(
                        5,
                        "asks nobody whose turn it is",
                        "channel/Entry.java",
                        "this.mayGo = event.orderKey() == null;",
                        "this.mayGo = true;"),
                new Mutant(
                        0,
                        "ignores the answer whose turn it is",
                        "channel/Turns.java",
                        "if (ahead == null || isAhead(ahead, asked)) {",
                        "if (turn != null) {"),
                new Mutant(
                        0,
                        "does not wait for other nodes' events",
                        "channel/Turns.java",
                        "case AFTER_FOREIGN -> afterForeign(entry, now);",
                        "case AFTER_FOREIGN -> {\n                lanes.mayGo(entry);\n                yield null;\n            }"),
                new Mutant(
                        0,
                        "does not wait for what is dead, delayed or waiting",
                        "channel/Turns.java",
                        "case AFTER_WAITING -> shelving(entry, Shelf.WAITING, null);",
                        "case AFTER_WAITING -> {\n                lanes.mayGo(entry);\n                yield null;\n            }"),
                new Mutant(
                        3,
                        "does not wait for what is parked",
                        "channel/Turns.java",
                        "case AFTER_PARKED -> shelving(entry, Shelf.PARKED, null);",
                        "case AFTER_PARKED -> {\n                lanes.mayGo(entry);\n                yield null;\n            }"),
                new Mutant(
                        4,
                        "does not wait for what the table alone has",
                        "channel/Turns.java",
                        "        holdings.leaveFrom(entry);\n        return null;",
                        "        lanes.mayGo(entry);\n        return null;"),
                new Mutant(
                        0,
                        "asks only once about what is blocked",
                        "channel/Lanes.java",
                        "!first.blocked || now - first.askAt >= 0;",
                        "!first.blocked;"),
                new Mutant(
                        112,
                        "takes older answers for what is ahead",
                        "channel/Turns.java",
                        "lanes.clearedAhead(entry)) {",
                        "List.<Entry>of()) {"),
                new Mutant(
                        5,
                        "sends what the store does not give it any more",
                        "channel/Turns.java",
                        "holdings.leave(entry);\n            return null;",
                        "lanes.mayGo(entry);\n            return null;"),
                new Mutant(
                        2,
                        "waits for what it has delivered itself",
                        "channel/Turns.java",
                        "            finished.addAll(deliveredOf(entry.event.orderKey()));\n",
                        ""),
                new Mutant(
                        0,
                        "goes on behind what was left to the table",
                        "channel/Lanes.java",
                        "each.behind) {\n            forgetAnswer(each);\n",
                        "each.behind) {\n            each.question = 0;\n            unknown.remove(each);\n"),
                new Mutant(
                        7,
                        "leaves events in the order in which memory has them",
                        "channel/Turns.java",
                        "            lanes.moveBehind(entry, other);\n",
                        ""),
                new Mutant(
                        789,
                        "keeps older answers of those that an event has passed",
                        "channel/Lanes.java",
                        "if (each.question != entry.question) {",
                        "if (each == entry) {"),
                new Mutant(
                        0,
                        "lets committed events overtake what is ahead of them in their key",
                        "channel/Ready.java",
                        "entry.state == Entry.State.COMMITTED && entry.mayGo && mayFollow(entry.ahead);",
                        "entry.state == Entry.State.COMMITTED && entry.mayGo;"));
    }

    private static Stream<Mutant> shelves() {
        return Stream.of(
                new Mutant(
                        7,
                        "puts away what is on its way",
                        "channel/Turns.java",
                        "        numbers.addAll(lanes.cleared(key));\n",
                        ""),
                new Mutant(
                        5,
                        "does not look for what others have put away",
                        "channel/Shelves.java",
                        "if (searchedTo == null && everyKeyMayGoOn) {",
                        "if (searchedTo != null && everyKeyMayGoOn) {"),
                new Mutant(
                        450,
                        "does not look for what others have delayed",
                        "channel/Shelves.java",
                        "return everythingMayBeDue || (first",
                        "return (first"),
                new Mutant(
                        338,
                        "forgets a failure that the store did not take",
                        "channel/Failures.java",
                        "settlements.addFirst(settlement);",
                        ""),
                new Mutant(
                        0,
                        "keeps in memory what is dead",
                        "channel/Table.java",
                        "holdings.leave(entry);\n                entry.state = State.SETTLED;",
                        "entry.state = State.SETTLED;"),
                new Mutant(
                        0,
                        "gives up one attempt too early",
                        "retry/RetryPolicy.java",
                        "attempts >= maxAttempts",
                        "attempts + 1 >= maxAttempts"));
    }

    private static Stream<Mutant> failures() {
        return Stream.of(
                new Mutant(
                        0,
                        "counts every failure against the event",
                        "channel/Verdicts.java",
                        "if (destination.lastTaken > entry.firstSend) {",
                        "if (destination.lastTaken >= 0) {"),
                new Mutant(
                        0,
                        "counts what is the fault of the broker",
                        "channel/Verdicts.java",
                        "case BROKER -> Verdict.BROKER;",
                        "case BROKER -> Verdict.EVENT;"),
                new Mutant(
                        0,
                        "counts what is the fault of the topic or of the broker",
                        "channel/Verdicts.java",
                        "case DESTINATION_OR_BROKER -> destinationOrBroker(entry);",
                        "case DESTINATION_OR_BROKER -> unclear(entry);"),
                new Mutant(
                        6,
                        "probes always with the same event",
                        "channel/Questions.java",
                        "return stance.mayBegin() ? turns.next(now) : null;",
                        "return stance.mayBegin() && !broker.isPaused() ? turns.next(now) : null;"),
                new Mutant(
                        99,
                        "believes in an absence of the broker whatever is in the table",
                        "channel/Reads.java",
                        "(roomForReading() > 0 || destinations.canMakeRoom(false));",
                        "roomForReading() > 0;"),
                new Mutant(0, "waits for ever for an answer", "channel/Flights.java", "late.add(entry);", ""),
                new Mutant(
                        0,
                        "keeps its events although it fails while others deliver",
                        "channel/Retreat.java",
                        "return fails ? leave(now) : RetreatStep.NONE;",
                        "return RetreatStep.NONE;"),
                new Mutant(
                        0,
                        "remembers what it has given up",
                        "channel/Table.java",
                        "            if (wanted) {\n                channel.forgetMemory();\n",
                        "            if (wanted) {\n"),
                new Mutant(
                        0,
                        "sends one more than it may",
                        "channel/Flights.java",
                        "sending.size() >= settings.maxInFlight()",
                        "sending.size() > settings.maxInFlight()"));
    }

    private static Stream<Mutant> destinations() {
        return Stream.of(
                new Mutant(
                        0,
                        "counts failures of a destination that takes nothing",
                        "channel/Verdicts.java",
                        "return entry.destination.hasOnlyFailedWith(entry) && isOnlyOneKnown.test(entry);",
                        "return true;"),
                new Mutant(
                        0,
                        "takes one that may have others for the only one of its destination",
                        "channel/Reads.java",
                        "return knowsAll && destination.entries == 1;",
                        "return knowsAll || destination.entries == 1;"),
                new Mutant(
                        0,
                        "reads what takes nothing over and over",
                        "channel/Reads.java",
                        "return begin(backlog.begin(), destinations.passedOver(), roomForReading(), null);",
                        "return begin(backlog.begin(), Set.of(), roomForReading(), null);"),
                new Mutant(
                        0,
                        "does not come back to what it has passed over",
                        "channel/Failures.java",
                        "            destinations.readAgain(destination);\n            reads.overflow();\n",
                        ""),
                new Mutant(
                        0,
                        "tries nothing that is in the table alone",
                        "channel/Table.java",
                        "return toTry == null ? read : reads.toTry(toTry, now);",
                        "return read;"),
                new Mutant(
                        0,
                        "tries the same event of a destination over and over",
                        "channel/Reads.java",
                        "            destination.triedTo = row.seq();\n",
                        ""),
                new Mutant(
                        0,
                        "reads again and again what is behind an event that is passed over",
                        "channel/Turns.java",
                        "if (!destinations.passedOver().isEmpty()) {",
                        "if (destinations.passedOver() == null) {"),
                new Mutant(
                        0,
                        "tries several destinations at once",
                        "channel/Candidates.java",
                        "flights.isProbing() ? null : destinations.toTry(now, ready);",
                        "destinations.toTry(now, ready);"),
                new Mutant(
                        0,
                        "sends all to a destination that has taken nothing",
                        "channel/Destination.java",
                        "return open;",
                        "return open || failures == 0;"));
    }

    private static Stream<Mutant> memory() {
        return Stream.of(
                new Mutant(
                        5,
                        "forgets what was marked although a read under way may still return it",
                        "channel/Reads.java",
                        "if (reading == null) {",
                        "if (lingering != null) {"),
                new Mutant(0, "never gives memory back", "channel/Holdings.java", "memory.free(entry);", ""),
                new Mutant(
                        1,
                        "takes more than fits",
                        "channel/Tickets.java",
                        "if (backlog.mode() == Mode.MEMORY && !memory.fits(wanted)) {",
                        "if (backlog.mode() == null) {"),
                new Mutant(
                        0,
                        "does not look for what came without room or without a number",
                        "channel/Tickets.java",
                        "return open(new Ticket(channel, now, List.of(), !wanted.isEmpty()));",
                        "return open(new Ticket(channel, now, List.of(), false));"),
                new Mutant(
                        0,
                        "believes every number",
                        "relay/Numbering.java",
                        "if (number == null || number <= last) {",
                        "if (number == null || number == last) {"),
                new Mutant(
                        1,
                        "reads on and never comes back to what became visible late",
                        "channel/Backlog.java",
                        "if (fromStart) {",
                        "if (mode == null) {"),
                new Mutant(
                        19,
                        "loses what could not be marked",
                        "channel/Marks.java",
                        "delivered.addAll(batch.events());",
                        ""));
    }

    private static Stream<Mutant> passes() {
        return Stream.of(
                new Mutant(
                        0,
                        "takes what is handed over for acknowledged",
                        "relay/SendPass.java",
                        "answer.whenComplete((done, error) -> answers.answered(send, error));",
                        "answers.acknowledged(send);"),
                new Mutant(
                        0,
                        "wakes nobody when a place has become free",
                        "relay/Answers.java",
                        "if (more) {",
                        "if (more && send.number() > 1000) {"),
                new Mutant(
                        93,
                        "wakes nobody when marks have made room",
                        "channel/Marks.java",
                        "return wasFull && candidates.mayBeThere();",
                        "return false;"),
                new Mutant(
                        1,
                        "does not wake the one who marks",
                        "relay/Answers.java",
                        "boolean more = sends.acknowledged(send);\n        site.wakeUps().mark();",
                        "boolean more = sends.acknowledged(send);"),
                new Mutant(
                        35,
                        "sends without asking whether it still may",
                        "relay/SendPass.java",
                        "while (site.mayAct()) {\n            Send send = sends.next",
                        "while (site != null) {\n            Send send = sends.next"),
                new Mutant(
                        35,
                        // A retry asks twice: when it begins, and before each attempt.
                        "sends and retries without asking whether it still may",
                        "relay/Site.java",
                        "return ports.membership().mayAct();",
                        "return true;"));
    }

    /** Each makes duplicates, or waits for ever, when the broker is away. */
    private static Stream<Mutant> outages() {
        return Stream.of(
                new Mutant(
                        38,
                        "sends again what the transport still has",
                        "relay/SendPass.java",
                        "former == null ?",
                        "former == null || send.number() > 0 ?"),
                new Mutant(
                        35,
                        "lets the retrier send what the transport still has",
                        "relay/Unanswered.java",
                        "if (current == mine) {",
                        "if (current != null) {"),
                new Mutant(
                        73,
                        "does not believe an attempt that is acknowledged late",
                        "relay/Answers.java",
                        "                acknowledged(attempt);\n",
                        ""),
                new Mutant(
                        35,
                        "waits for an answer that never comes",
                        "relay/Unanswered.java",
                        "return now - since >= patience;",
                        "return false;"),
                new Mutant(
                        43,
                        "judges a send before it is answered",
                        "channel/Failures.java",
                        "default -> awaitAnswer(entry, verdict, now);",
                        "default -> perhapsItsOwn(entry, error, now);"),
                new Mutant(
                        953,
                        "gives up to others what the transport still has",
                        "relay/TablePass.java",
                        "unanswered.isEmpty())",
                        "unanswered != null)"),
                new Mutant(
                        9,
                        "does not hear that what it put back was taken",
                        "channel/Holdings.java",
                        "if (entry.send > 0) {",
                        "if (entry.send < 0) {"),
                new Mutant(
                        0,
                        "does not hear that what waits for its answer has failed",
                        "channel/Sends.java",
                        "return send.entry().state == State.UNANSWERED && ",
                        "return send.entry().state == State.GONE && "),
                new Mutant(
                        625,
                        "puts away what the transport still has",
                        "relay/TablePass.java",
                        "Set<Long> except = unanswered.of(key);",
                        "Set<Long> except = new java.util.HashSet<>();"));
    }

    /** Each trusts the code of others where it must not. */
    private static Stream<Mutant> foreignCode() {
        return Stream.of(
                new Mutant(
                        0,
                        "begins what the store is asked, and leaves it there if that throws an Error",
                        "relay/Site.java",
                        "        } catch (Throwable e) {\n            undo.run();",
                        "        } catch (RuntimeException e) {\n            undo.run();"),
                new Mutant(
                        0,
                        "forgets the question that the store did not answer",
                        "relay/AskPass.java",
                        "() -> questions.unanswered(question));",
                        "() -> {});"),
                new Mutant(
                        0,
                        "forgets the read that the store did not answer",
                        "relay/TablePass.java",
                        "() -> table.readFailed(read));",
                        "() -> {});"),
                new Mutant(
                        2044,
                        "forgets the failure that the store did not note, if it throws an Error",
                        "relay/TablePass.java",
                        "        } catch (Throwable e) {\n            table.unsettled(settlement);",
                        "        } catch (RuntimeException e) {\n            table.unsettled(settlement);"),
                new Mutant(
                        0,
                        "believes that a classifier always answers",
                        "relay/Classification.java",
                        "if (failure != null) {",
                        "if (failure != null || event != null) {"));
    }

    private static Stream<Mutant> nodes() {
        return Stream.of(
                new Mutant(
                        27,
                        "acts until the very moment others may bury it",
                        "node/NodeKeeper.java",
                        "this.margin = timeout.toNanos() / 3;",
                        "this.margin = -timeout.toNanos();"),
                new Mutant(
                        0,
                        "joins again under the id of a failed attempt",
                        "node/NodeKeeper.java",
                        "        node = next;\n        forget.run();\n",
                        ""),
                new Mutant(
                        0,
                        "does not see that a node is gone",
                        "node/NodeKeeper.java",
                        "if (!seen.equals(notices)) {",
                        "if (notices == null) {\n            notices = seen;\n        } else if (now < changedAt) {"),
                new Mutant(
                        0,
                        "looks for others' events with each heartbeat",
                        "node/NodeKeeper.java",
                        "} else if (now - changedAt < timeout) {",
                        "} else {"),
                new Mutant(
                        0,
                        "gives no notice of what it gives up",
                        "relay/TablePass.java",
                        "            site.ports().neighbours().giveNotice();\n",
                        ""),
                new Mutant(
                        27, "goes on under a new id with the old memory", "node/NodeKeeper.java", "forget.run();", ""));
    }
}
