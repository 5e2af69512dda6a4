package dev.posthorn.inbox;

import dev.posthorn.inbox.Row.State;
import dev.posthorn.simulation.Chance;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** People who decide what becomes of entries: each act is one change in the table, after which a node looks again. */
final class Operators {

    private final World world;
    private final SimulatedStore store;

    Operators(World world, SimulatedStore store) {
        this.world = world;
        this.store = store;
    }

    /** Does anything that an operator may do. */
    void act(Chance chance) {
        switch (chance.below(8)) {
            case 0, 1 -> requeue(any(chance, Operators::isForRequeue));
            case 2 -> skip(any(chance, row -> row.state == State.BLOCKING || row.state == State.PARKED));
            case 3 -> discard(any(chance, Operators::isForDiscard));
            case 4, 5 -> park(any(chance, row -> row.event.key() != null && row.state.isUnfinished()));
            default -> release(any(chance, row -> row.event.key() != null && row.state == State.PARKED));
        }
    }

    /** Decides about everything that waits for a decision. */
    void decide() {
        store.rows().stream()
                .filter(row -> row.isVisible() && row.locker == null && row.state.isStuck())
                .forEach(this::requeue);
    }

    private @Nullable Row any(Chance chance, Predicate<Row> kind) {
        return chance.of(store.rows(), row -> row.isVisible() && kind.test(row) && isFree(row));
    }

    private boolean isFree(Row row) {
        return row.locker == null || world.has(Bug.OPERATOR_DISCARDS_WHAT_IS_LOCKED);
    }

    /** About what middleware has given up, nobody decides anew. */
    private static boolean isForRequeue(Row row) {
        return row.locker == null
                && switch (row.state) {
                    case DEAD, BLOCKING, PARKED -> true;
                    case DUE -> row.attempts > 0;
                    case GIVEN_UP -> row.fate.isDiscarded;
                    case HANDLED, WAITING -> false;
                };
    }

    /** What is not told from its repetitions yet would be new when it is delivered again. */
    private static boolean isForDiscard(Row row) {
        boolean isIdentified = row.event.id().source().startsWith("key:") || !row.fate.kind.idempotent();
        return !row.state.isFinal() && !row.event.type().isEmpty() && isIdentified;
    }

    private void requeue(@Nullable Row row) {
        if (row != null) {
            row.fate.isOperated |= !row.state.isUnfinished();
            if (row.fate.isDiscarded) {
                row.fate.isDiscarded = false;
                row.fate.isGivenUp = false;
            }
            beginAnew(row);
            boolean isDue = row.event.key() == null || world.has(Bug.OPERATOR_REQUEUES_OUT_OF_TURN);
            change(row, isDue ? State.DUE : State.WAITING, "requeues");
            lookAgain(row);
        }
    }

    private void beginAnew(Row row) {
        row.attempts = 0;
        if (row.finished.isEmpty() && row.compensating && !world.has(Bug.OPERATOR_REQUEUES_AS_IT_WAS)) {
            row.compensating = false;
            row.fate.isMadeUpFor = false;
        }
    }

    private void skip(@Nullable Row row) {
        if (row != null) {
            row.fate.isOperated = true;
            change(row, State.DEAD, "skips");
            lookAgain(row);
        }
    }

    private void discard(@Nullable Row row) {
        if (row != null) {
            row.fate.isOperated = true;
            row.fate.isDiscarded = true;
            row.fate.isGivenUp = true;
            change(row, State.GIVEN_UP, "discards");
            lookAgain(row);
        }
    }

    /** All of a key, unless handlers are at work on one of them, for which an operator would wait. */
    private void park(@Nullable Row first) {
        List<Row> unfinished = first == null
                ? List.of()
                : ofSameKey(first).stream()
                        .filter(row -> row.state.isUnfinished())
                        .toList();
        if (unfinished.stream().allMatch(row -> row.locker == null)) {
            unfinished.stream().filter(row -> row.state != State.PARKED).forEach(row -> {
                row.fate.isHeldBack = true;
                change(row, State.PARKED, "parks");
            });
        }
    }

    private void release(@Nullable Row first) {
        if (first != null) {
            ofSameKey(first).stream().filter(row -> row.state == State.PARKED).forEach(row -> {
                beginAnew(row);
                change(row, State.WAITING, "releases");
            });
            lookAgain(first);
        }
    }

    private List<Row> ofSameKey(Row row) {
        return store.rowsOf(row.event.channel(), String.valueOf(row.event.key()));
    }

    private void change(Row row, State state, String verb) {
        row.change(state, world.now());
        world.trace(() -> "an operator " + verb + " " + row);
    }

    /** On the node where the operator is; if that has crashed by then, sweeps make up for it. */
    private void lookAgain(Row row) {
        String key = row.event.key();
        List<Life> living = world.living();
        if (key != null && !living.isEmpty()) {
            world.chance().of(living).lookAgain(row.event.channel(), key);
        }
    }
}
