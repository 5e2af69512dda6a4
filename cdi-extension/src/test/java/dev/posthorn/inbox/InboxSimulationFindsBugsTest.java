package dev.posthorn.inbox;

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
class InboxSimulationFindsBugsTest {

    private static final int SEEDS = 1500;

    @ParameterizedTest
    @EnumSource(value = Bug.class, names = "NONE", mode = Mode.EXCLUDE)
    void whatIsWrongAroundTheInboxIsFound(Bug bug) {
        assertFound(InboxSimulation.findSeed(bug, bug.seed, SEEDS));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void whatIsWrongInTheInboxIsFound(Mutant mutant, @TempDir Path scratch) throws Exception {
        assertFound(mutant.findSeed(InboxSimulation.class, scratch, SEEDS));
    }

    private static void assertFound(OptionalLong seed) {
        assertTrue(seed.isPresent(), "No run among " + SEEDS + " breaks a promise");
        if (Boolean.getBoolean("simulation.verbose")) {
            System.out.println("found by seed " + seed.getAsLong());
        }
    }

    static Stream<Mutant> mutants() {
        return Stream.of(arrivals(), entries(), attempts(), threads()).flatMap(each -> each);
    }

    private static Stream<Mutant> arrivals() {
        return Stream.of(
                new Mutant(
                        0,
                        "acknowledges before the commit",
                        "inbox/ArrivedTask.java",
                        "        Result result = attempt.perform(",
                        "        answer.acknowledge();\n        Result result = attempt.perform("),
                new Mutant(
                        0,
                        "acknowledges what has failed without keeping it",
                        "inbox/ArrivedTask.java",
                        "            passOn(context.inStore(() -> context.store().keep(entry, message, delay, 1, error)));\n",
                        ""),
                new Mutant(
                        0,
                        "acknowledges what is behind without keeping it",
                        "inbox/ArrivedTask.java",
                        "if (admit.admission == Admission.BEHIND) {",
                        "if (admit.admission == null) {"),
                new Mutant(
                        0,
                        "handles what is behind",
                        "inbox/ArrivedTask.java",
                        "return admission == Admission.NEW;",
                        "return admission != Admission.KNOWN;"),
                new Mutant(
                        0,
                        "handles what is known",
                        "inbox/ArrivedTask.java",
                        "return admission == Admission.NEW;",
                        "return admission != Admission.BEHIND;"),
                new Mutant(
                        860,
                        "lets no key go on after keeping what waits",
                        "inbox/ArrivedTask.java",
                        "if (kept == Kept.WAITING) {",
                        "if (kept == null) {"),
                new Mutant(
                        7,
                        "drops what could not be handled since the store was away",
                        "inbox/ArrivedTask.java",
                        " : reading);\n        } catch (StoreAwayException e) {\n"
                                + "            context.reports().noAnswer(context.channel(), this, e);\n"
                                + "            return Outcome.AGAIN;",
                        " : reading);\n        } catch (StoreAwayException e) {\n            return Outcome.DONE;"),
                new Mutant(
                        7,
                        "keeps no order among what arrives",
                        "inbox/ArrivedTask.java",
                        "        return key;\n",
                        "        return null;\n"),
                new Mutant(
                        1027,
                        "keeps what is given up for later",
                        "inbox/ArrivedTask.java",
                        "                context.store().giveUp(entry.id(), 0, 1, error);\n",
                        ""),
                new Mutant(
                        1,
                        "begins with separate handlers without an entry",
                        "inbox/ArrivedTask.java",
                        "Kept kept = context.inStore(() -> context.store().keep(entry, message, context.hold(), 0, null));",
                        "Kept kept = Kept.DUE;"),
                new Mutant(
                        0,
                        "acknowledges what can't be read without keeping it",
                        "inbox/ArrivedTask.java",
                        "        passOn(context.inStore(() -> context.store().keepDead(entry, message, 1, error)));\n",
                        ""),
                new Mutant(
                        20,
                        "takes null for an admission",
                        "inbox/ArrivedTask.java",
                        "Objects.requireNonNull(context.store().admit(entry), \"The store answered null.\")",
                        "context.store().admit(entry)"),
                new Mutant(
                        20,
                        "forgets the key of what it could not read at first",
                        "inbox/ArrivedTask.java",
                        "reading == null ? message.key() : reading.key()",
                        "reading == null ? null : reading.key()"),
                new Mutant(
                        75,
                        "drops what was interrupted",
                        "inbox/ArrivedTask.java",
                        "interruptions.accept() ? Outcome.POSTPONED : failed(work, failure)",
                        "interruptions.accept() ? Outcome.DONE : failed(work, failure)"),
                new Mutant(
                        3,
                        "lets a message that it can't take wait for ever",
                        "inbox/InboxChannel.java",
                        "            new Answer(name(), arrival).refuse(e);\n",
                        ""));
    }

    private static Stream<Mutant> entries() {
        return Stream.of(
                new Mutant(
                        0,
                        "handles an entry without claiming it",
                        "inbox/KeptTask.java",
                        "entered = context.store().claim(id, version);",
                        "entered = true;"),
                new Mutant(
                        0,
                        "lets no key go on after an entry has ended",
                        "inbox/KeptTask.java",
                        "        if (key != null) {\n            context.release",
                        "        if (key != null && !ended) {\n            context.release"),
                new Mutant(
                        2,
                        "begins anew after each handler",
                        "inbox/KeptTask.java",
                        "        left.removeAll(entry.finished());\n",
                        ""),
                new Mutant(
                        5,
                        "makes up for the handler that has failed",
                        "inbox/KeptTask.java",
                        "work.compensate(finished.get(last), attempt, boundary)",
                        "work.compensate(work.handlers().get(Math.min(last + 1, work.handlers().size() - 1)), attempt,"
                                + " boundary)"),
                new Mutant(
                        5,
                        "makes up in the order of handling",
                        "inbox/KeptTask.java",
                        "work.compensate(finished.get(last), attempt, boundary)",
                        "work.compensate(finished.get(0), attempt, boundary)"),
                new Mutant(
                        5,
                        "makes up for nothing",
                        "inbox/KeptTask.java",
                        "entry.finished().isEmpty() ? bury(attempts, FailureText.of(failure)) : compensate(failure)",
                        "bury(attempts, FailureText.of(failure))"),
                new Mutant(
                        5,
                        "goes on handling what is to be made up for",
                        "inbox/KeptTask.java",
                        "if (entry.compensating()) {\n            return compensateLast",
                        "if (entry.compensating() && entry.attempts() > 9) {\n            return compensateLast"),
                new Mutant(
                        15,
                        "notes nothing where middleware skips the handlers",
                        "inbox/KeptTask.java",
                        "if (result == Result.DONE && !claim.asked) {",
                        "if (result == null && !claim.asked) {"),
                new Mutant(
                        108,
                        "counts what fails when a skipped event is noted",
                        "inbox/KeptTask.java",
                        ": Result.STORE_AWAY;",
                        ": Result.FAILED;"),
                new Mutant(
                        0,
                        "forgets what can be read now",
                        "inbox/KeptTask.java",
                        "Kept kept = context.inStore(() -> context.store().keep(read, entry.message(), Duration.ZERO, 0, null));",
                        "Kept kept = Kept.DUE;"));
    }

    private static Stream<Mutant> attempts() {
        return Stream.of(
                new Mutant(
                        0,
                        "works whatever the store says",
                        "inbox/Attempt.java",
                        "if (enter()) {",
                        "if (enter() || !worked) {"),
                new Mutant(
                        6,
                        "counts a failure of the store as one of the event",
                        "inbox/Attempt.java",
                        "entered && !worked ? Result.STORE_AWAY : Result.FAILED",
                        "Result.FAILED"),
                new Mutant(
                        25,
                        "counts an interruption as a failed attempt",
                        "inbox/Interruptions.java",
                        "accepted == MOST",
                        "accepted >= 0"),
                new Mutant(
                        24,
                        "takes an error of the store for one of the event",
                        "inbox/ChannelContext.java",
                        "        } catch (Throwable e) {\n            throw new StoreAwayException(e);",
                        "        } catch (RuntimeException e) {\n            throw new StoreAwayException(e);"),
                new Mutant(
                        555,
                        "prints what can't be printed",
                        "log/FailureText.java",
                        "        String name = failure.getClass().getName();\n",
                        "        String name = failure.toString();\n"),
                new Mutant(
                        15,
                        "believes middleware that hides a failure",
                        "inbox/Attempt.java",
                        "            failure = e;\n            throw e;",
                        "            throw e;"),
                new Mutant(
                        25,
                        "believes middleware that fails after the commit",
                        "inbox/Attempt.java",
                        "            if (committed) {\n                InboxLog",
                        "            committed = false;\n            if (committed) {\n                InboxLog"),
                new Mutant(
                        0,
                        "tells middleware of success when no handler was called",
                        "inbox/Attempt.java",
                        "        if (!worked) {",
                        "        if (!worked && !committed) {"),
                new Mutant(
                        0,
                        "gives up one attempt too early",
                        "inbox/ChannelContext.java",
                        "settings.retryOf(type).isLast(attempts)",
                        "settings.retryOf(type).isLast(attempts + 1)"));
    }

    private static Stream<Mutant> threads() {
        return Stream.of(
                new Mutant(
                        134,
                        "does not look for keys that wait",
                        "inbox/Inbox.java",
                        "            channels.values().forEach(InboxChannel::releaseWaiting);\n",
                        ""),
                new Mutant(
                        0,
                        "lets no key go on after operators have changed it",
                        "inbox/Inbox.java",
                        "            keys.forEach(changed::release);\n",
                        ""),
                new Mutant(
                        0,
                        "does not look for what is due",
                        "inbox/Inbox.java",
                        "            channels.values().forEach(InboxChannel::pulse);\n            wakePoll();\n",
                        "            channels.values().forEach(InboxChannel::pulse);\n"),
                new Mutant(
                        3,
                        "wakes nobody when a pause is over",
                        "inbox/Inbox.java",
                        "            channels.values().forEach(InboxChannel::pulse);\n            wakePoll();\n",
                        "            wakePoll();\n"),
                new Mutant(
                        0,
                        "takes an entry for ever for one under way",
                        "inbox/InboxChannel.java",
                        "        underWay.remove(id);\n",
                        ""),
                new Mutant(
                        242,
                        "takes an entry for ever for one under way that was given up",
                        "inbox/InboxChannel.java",
                        "return after(task.giveUp(why));",
                        "return task.giveUp(why);"),
                new Mutant(
                        30,
                        "ends the sweep with an error of the store",
                        "inbox/ChannelContext.java",
                        "        } catch (Throwable e) {\n            InboxLog.notReleased",
                        "        } catch (RuntimeException e) {\n            InboxLog.notReleased"),
                new Mutant(
                        806,
                        "does not tell a connector again that could not resume",
                        "inbox/InboxChannel.java",
                        "pause == subscriptionIsPaused) {\n            return;\n        }\n",
                        "pause == subscriptionIsPaused) {\n            return;\n        }\n        subscriptionIsPaused = pause;\n"),
                new Mutant(
                        16,
                        "never gives up what fails unexpectedly",
                        "inbox/RepeatableTask.java",
                        "failures >= MOST_FAILURES",
                        "failures < 0"),
                new Mutant(
                        16,
                        "gives up what has failed unexpectedly once",
                        "inbox/RepeatableTask.java",
                        "failures >= MOST_FAILURES",
                        "failures >= 1"),
                new Mutant(
                        0,
                        "asks for more than the window",
                        "inbox/InboxChannel.java",
                        "context.settings().window()",
                        "context.settings().window() + 1"),
                new Mutant(
                        2,
                        "handles more at once than it may",
                        "inbox/Workers.java",
                        "started < most",
                        "started <= most"),
                new Mutant(
                        17, "handles one event after the other", "inbox/Workers.java", "started < most", "started < 1"),
                new Mutant(
                        7,
                        "forgets what is to be run again",
                        "inbox/Workers.java",
                        "                queue.later(task, task.rest());\n                backoff.begin();",
                        "                queue.done(task);\n                backoff.begin();"),
                new Mutant(
                        3,
                        "forgets what has failed unexpectedly",
                        "inbox/Workers.java",
                        "case POSTPONED -> queue.later(task, task.rest());",
                        "case POSTPONED -> queue.done(task);"),
                new Mutant(
                        3,
                        "dies of a thread that can't be started",
                        "inbox/Workers.java",
                        "        } catch (Throwable e) {\n            // No thread",
                        "        } catch (RuntimeException e) {\n            // No thread"),
                new Mutant(
                        12,
                        "forgets a thread that the server has not given",
                        "inbox/Workers.java",
                        "            leave();\n            InboxLog.noThread(e);\n",
                        ""),
                new Mutant(
                        0,
                        "lets events of one key be handled at once",
                        "inbox/KeyedQueue.java",
                        "        if (key == null) {\n            ready.add(task);",
                        "        if (key != null) {\n            behind.putIfAbsent(key, new ArrayDeque<>());\n"
                                + "            ready.add(task);\n        } else if (key == null) {\n            ready.add(task);"));
    }
}
