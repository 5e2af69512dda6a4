package dev.posthorn.inbox;

import dev.posthorn.inbox.Row.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What must be reached when nothing goes wrong any more: everything is handled but what can't be, and what has to wait for that. */
final class Rest {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** In a run, seconds pass between two pulses, and what fails again and again takes its time. */
    private static final Duration PATIENCE_WITH_ERRORS = Duration.ofMinutes(60);

    private static final Duration RETENTION = Duration.ofMinutes(1);

    private final World world;
    private final Ledger ledger;
    private final SimulatedStore store;
    private final SimulatedBroker broker;

    Rest(World world, Ledger ledger, SimulatedStore store, SimulatedBroker broker) {
        this.world = world;
        this.ledger = ledger;
        this.store = store;
        this.broker = broker;
    }

    void reach() {
        whatHangsHoldsUpItsKeyAlone();
        whatCanBeHandledIsHandled();
        everythingIsHandled();
        cleanUpLeavesNothing();
    }

    private void whatHangsHoldsUpItsKeyAlone() {
        if (ledger.all().stream().anyMatch(fate -> fate.hangs)) {
            await("held up by what hangs", () -> restless(this::isHeldUpByWhatHangs));
            world.endHanging();
        }
    }

    private boolean isHeldUpByWhatHangs(Fate fate) {
        return ledger.all().stream().anyMatch(other -> other.hangs && (other == fate || other.isOfSameLane(fate)));
    }

    private void whatCanBeHandledIsHandled() {
        await("not at rest", () -> {
            List<Object> restless = restless(fate -> false);
            restless.addAll(broker.open());
            return restless;
        });
        for (Row row : store.rows()) {
            ledger.require(
                    !row.state.isStuck()
                            || row.fate.done.isEmpty()
                            || row.fate.isHeldBack
                            || row.fate.mayBeGivenUp()
                            || row.fate.failuresToMakeUp >= world.scenario().maxAttempts(),
                    "%s is dead, and nobody made up for %s",
                    row,
                    row.fate.done);
        }
    }

    private void everythingIsHandled() {
        world.heal();
        await("not handled", () -> {
            if (world.isIdle()) {
                world.operators().decide();
            }
            return unhandled();
        });
    }

    private interface Things {
        List<?> get();
    }

    private void await(String what, Things things) {
        Duration patience = world.scenario().faults().errors() ? PATIENCE_WITH_ERRORS : PATIENCE;
        long until = world.now() + patience.toNanos();
        world.await(() -> world.now() > until || (world.isIdle() && things.get().isEmpty()));
        List<?> left = things.get();
        ledger.require(left.isEmpty(), "After %s still %s: %s", patience, what, left);
    }

    /** Events that neither have come to their end nor wait for one that can't be handled. */
    private List<Object> restless(Predicate<Fate> excused) {
        List<Object> restless = new ArrayList<>();
        for (Fate fate : ledger.all()) {
            if (!excused.test(fate) && !isAtRest(fate)) {
                restless.add(fate);
            }
        }
        for (Row row : store.rows()) {
            if (!excused.test(row.fate) && !isAtRest(row)) {
                restless.add(row);
            }
        }
        return restless;
    }

    private boolean isAtRest(Fate fate) {
        return isHandled(fate)
                || ((fate.isAcknowledged || fate.isRefused)
                        && store.rowsOf(fate).anyMatch(row -> row.state.isStuck() || row.state == State.WAITING));
    }

    private boolean isAtRest(Row row) {
        return row.isVisible()
                && (row.state.isFinal() || row.state.isStuck() || (row.state == State.WAITING && waitsRightly(row)));
    }

    private boolean waitsRightly(Row row) {
        return store.rows().stream()
                .anyMatch(other -> other.isOfKey(row.event)
                        && other.number < row.number
                        && (other.state == State.BLOCKING || other.state == State.PARKED));
    }

    private List<Object> unhandled() {
        List<Object> unhandled = new ArrayList<>();
        ledger.all().stream().filter(fate -> !isHandled(fate)).forEach(unhandled::add);
        store.rows().stream().filter(row -> !row.state.isFinal()).forEach(unhandled::add);
        return unhandled;
    }

    private static boolean isHandled(Fate fate) {
        boolean isOver = fate.isAcknowledged || fate.isRefused;
        return isOver
                && (fate.isGivenUp
                        || fate.isRefused
                        || !fate.kind.handled()
                        || fate.outside == Fate.Outside.SKIPS
                        || (fate.isComplete() && !fate.isMadeUpFor));
    }

    private void cleanUpLeavesNothing() {
        world.letPass(RETENTION.plusSeconds(1));
        Connection connection = world.living().get(0).connection();
        for (int i = 0; i < 10; i++) {
            connection.clean(Life.CONSUMER, RETENTION, 10);
        }
        ledger.require(store.rows().isEmpty(), "Entries outlive their retention: %s", store.rows());
    }
}
