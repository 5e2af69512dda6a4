package dev.posthorn.relay;

import dev.posthorn.simulation.Chance;

/**
 * What may go wrong in a run.
 *
 * @param crashes whether nodes may die at any step, or stop in good order, and start again later
 * @param pauses whether nodes may stand still for a while, in the middle of whatever they do
 * @param burials whether somebody declares those dead that are silent for too long
 * @param clockJumps whether the clock of the database may be set
 * @param storeOutages whether the database may be away, for all or for one, and whether its answers may be lost
 * @param doubts whether the outcome of a transaction may be unknown, or reported wrongly
 * @param sendFailures whether single sends fail, never answer or answer late
 * @param poison whether some events are not accepted by the broker while others are
 * @param operators whether people decide about what can't be sent, and about what could
 * @param errors whether the code of others throws what nobody expects, or answers with null
 * @param cancellations whether a channel may be of no use any more to a node
 * @param brokerOutages how often the broker may be away
 * @param lonelyOutages how often it may be away for a single node
 * @param isolation whether it stays away for one node for ever
 * @param unsteadyTopics how many topics take nothing, for a while or for as long as things go wrong
 */
record Faults(
        boolean crashes,
        boolean pauses,
        boolean burials,
        boolean clockJumps,
        boolean storeOutages,
        boolean doubts,
        boolean sendFailures,
        boolean poison,
        boolean operators,
        boolean cancellations,
        boolean errors,
        int brokerOutages,
        int lonelyOutages,
        boolean isolation,
        int unsteadyTopics) {

    static final Faults NONE =
            new Faults(false, false, false, false, false, false, false, false, false, false, false, 0, 0, false, 0);

    static Faults of(Chance chance) {
        boolean poison = chance.oneIn(2);
        return new Faults(
                chance.oneIn(2),
                chance.oneIn(3),
                chance.oneIn(4),
                chance.oneIn(6),
                chance.oneIn(2),
                chance.oneIn(2),
                chance.oneIn(2),
                poison,
                chance.oneIn(poison ? 2 : 8),
                chance.oneIn(8),
                chance.oneIn(3),
                chance.of(0, 1, 5),
                chance.of(0, 0, 2),
                chance.oneIn(4),
                chance.of(0, 0, 1, 3));
    }

    /** Only that events can't be sent. */
    static Faults ofEvents(boolean operated) {
        return new Faults(
                false, false, false, false, false, false, false, true, operated, false, false, 0, 0, false, 0);
    }

    /** Only that the broker is away, once, for all. */
    static Faults ofBroker() {
        return new Faults(false, false, false, false, false, false, false, false, false, false, false, 1, 0, false, 0);
    }

    /** Only that topics are missing or forbidden. */
    static Faults ofTopics(int unsteady) {
        return new Faults(
                false, false, false, false, false, false, false, false, false, false, false, 0, 0, false, unsteady);
    }
}
