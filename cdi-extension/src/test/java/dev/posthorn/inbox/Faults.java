package dev.posthorn.inbox;

import dev.posthorn.simulation.Chance;

/**
 * What may go wrong in a run.
 *
 * @param crashes whether nodes may die at any step, or stop in good order, and start again later
 * @param pauses whether nodes may stand still for a while, in the middle of whatever they do
 * @param rebalances whether partitions may go from one node to another
 * @param repetitions whether events may be published more than once
 * @param storeOutages whether the database may be away, for all or for one, and whether its answers may be lost
 * @param doubts whether the outcome of a transaction may be unknown
 * @param contention whether the database may end transactions for the sake of others
 * @param failures whether handlers may fail by chance
 * @param poison whether some events can't be handled, or not even be read
 * @param hangs whether handlers may take longer than they may
 * @param middleware whether there is middleware that hides, repeats or skips
 * @param refusals whether messages may be refused
 * @param fewThreads whether the server may have no thread to give
 * @param lostAnswers whether the broker may not hear what it is told
 * @param operators whether people act in the middle of it
 * @param errors whether foreign code may throw {@link Error}s and whatever else nobody expects, or answer null
 */
record Faults(
        boolean crashes,
        boolean pauses,
        boolean rebalances,
        boolean repetitions,
        boolean storeOutages,
        boolean doubts,
        boolean contention,
        boolean failures,
        boolean poison,
        boolean hangs,
        boolean middleware,
        boolean refusals,
        boolean fewThreads,
        boolean lostAnswers,
        boolean operators,
        boolean errors) {

    static final Faults NONE = new Faults(
            false, false, false, false, false, false, false, false, false, false, false, false, false, false, false,
            false);

    /** Whether nodes and the database do what they should, so that every key goes on without anybody looking for those that wait. */
    boolean isOfHandlers() {
        return !crashes && !storeOutages && !doubts && !pauses && !errors;
    }

    /** Only that events can't be handled, and perhaps that partitions go from one node to another. */
    static Faults ofHandlers(boolean rebalances) {
        return new Faults(
                false,
                false,
                rebalances,
                false,
                false,
                false,
                false,
                true,
                true,
                false,
                false,
                false,
                false,
                false,
                false,
                false);
    }

    static Faults of(Chance chance) {
        boolean ofHandlers = chance.oneIn(4);
        return new Faults(
                !ofHandlers && chance.oneIn(2),
                !ofHandlers && chance.oneIn(3),
                chance.oneIn(2),
                chance.oneIn(2),
                !ofHandlers && chance.oneIn(3),
                !ofHandlers && chance.oneIn(2),
                chance.oneIn(3),
                chance.oneIn(2),
                chance.oneIn(2),
                chance.oneIn(3),
                chance.oneIn(3),
                chance.oneIn(4),
                chance.oneIn(4),
                chance.oneIn(4),
                chance.oneIn(4),
                !ofHandlers && chance.oneIn(3));
    }
}
