package dev.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private static final int SEEDS = 5000;

    @ParameterizedTest
    @EnumSource(value = Bug.class, names = "NONE", mode = Mode.EXCLUDE)
    void whatIsWrongAroundTheEngineIsFound(Bug bug) {
        assertFound(Simulation.firstSeedThatFinds(bug, SEEDS));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void whatIsWrongInTheEngineIsFound(Mutant mutant, @TempDir Path scratch) throws Exception {
        assertFound(mutant.firstSeedThatFinds(scratch, SEEDS));
    }

    private static void assertFound(OptionalLong seed) {
        assertTrue(seed.isPresent(), "No run among " + SEEDS + " breaks a promise");
        if (Boolean.getBoolean("simulation.verbose")) {
            System.out.println("found by seed " + seed.getAsLong());
        }
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
                new Mutant(
                        "back to memory as soon as a read finds the end of the table",
                        "relay/Intake.java",
                        "mode = Mode.CATCHING_UP;",
                        "mode = Mode.MEMORY;"),
                new Mutant(
                        "catches up although earlier transactions have not ended",
                        "relay/Intake.java",
                        "boolean mustWait = mode == Mode.CATCHING_UP && leftToTable > 0;",
                        "boolean mustWait = false;"),
                new Mutant(
                        "sends what should be held while catching up",
                        "relay/Intake.java",
                        "if (mode == Mode.CATCHING_UP) {\n            ticket.held = true;",
                        "if (Boolean.getBoolean(\"never\")) {\n            ticket.held = true;"),
                new Mutant(
                        "forgets what was marked although a read under way may still return it",
                        "relay/Intake.java",
                        "if (reading == null) {",
                        "if (lingering != null) {"),
                new Mutant(
                        "uses the answer of a read that began before events were left to the table",
                        "relay/Intake.java",
                        "held.clear();\n        endReading();",
                        "held.clear();"),
                new Mutant(
                        "sends followers of events whose transaction has an unknown outcome",
                        "relay/Intake.java",
                        "leaveWaitingToTable();\n        }\n        endsInTable",
                        "dropAll(ticket);\n            leftToTable++;\n        }\n        endsInTable"),
                new Mutant(
                        "waits for ever for a transaction that was rolled back",
                        "relay/Intake.java",
                        "leftToTable--;",
                        "leftToTable -= mode == Mode.CATCHING_UP ? 0 : 1;"),
                new Mutant(
                        "keeps events in memory that the node no longer owns",
                        "relay/Intake.java",
                        "List.copyOf(entries).forEach(this::drop);",
                        ""),
                new Mutant(
                        "lets committed events overtake what is ahead of them in their key",
                        "relay/Lanes.java",
                        "entry.state == Entry.State.COMMITTED && entry.ahead == null",
                        "entry.state == Entry.State.COMMITTED"),
                new Mutant(
                        "ignores keys",
                        "relay/Lanes.java",
                        "return entry.event.ordered() ? entry.event.key() : null;",
                        "return null;"),
                new Mutant("never gives memory back", "relay/Intake.java", "memory.free(entry);", ""),
                new Mutant(
                        "counts every failure against the event",
                        "relay/ChannelRelay.java",
                        "return acknowledgements > entry.acknowledgedBefore;",
                        "return acknowledgements >= entry.acknowledgedBefore;"),
                new Mutant(
                        "loses what could not be marked",
                        "relay/ChannelRelay.java",
                        "delivered.addAll(batch.events());",
                        ""),
                new Mutant(
                        "sends one more than it may",
                        "relay/ChannelRelay.java",
                        "sending.size() >= settings.maxInFlight()",
                        "sending.size() > settings.maxInFlight()"),
                new Mutant(
                        "waits for ever for an answer",
                        "relay/ChannelRelay.java",
                        "late.add(new Send(this, entry, entry.send));",
                        ""),
                new Mutant(
                        "takes what is handed over for acknowledged",
                        "relay/Relay.java",
                        "answer.whenComplete((done, error) -> answered(send, error));",
                        "acknowledged(send);"),
                new Mutant(
                        "wakes nobody when a place has become free",
                        "relay/Relay.java",
                        "if (more) {",
                        "if (more && send.number() > 1000) {"),
                new Mutant(
                        "does not wake the one who marks",
                        "relay/Relay.java",
                        "boolean more = send.channel().acknowledged(send);\n        wakeUps.mark();",
                        "boolean more = send.channel().acknowledged(send);"),
                new Mutant(
                        "sends without asking whether it still may",
                        "relay/Relay.java",
                        "while (membership.mayAct()) {\n            Send send = channel.nextSend",
                        "while (membership != null) {\n            Send send = channel.nextSend"),
                new Mutant(
                        "acts until the very moment others may bury it",
                        "node/NodeKeeper.java",
                        "this.margin = timeout.toNanos() / 3;",
                        "this.margin = -timeout.toNanos();"),
                new Mutant(
                        "joins again under the id of a failed attempt",
                        "node/NodeKeeper.java",
                        "node = newNode.get();\n        forget.run();",
                        ""),
                new Mutant("goes on under a new id with the old memory", "node/NodeKeeper.java", "forget.run();", ""));
    }
}
