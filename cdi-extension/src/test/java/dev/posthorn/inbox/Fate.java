package dev.posthorn.inbox;

import dev.posthorn.EventMiddleware.WhenExhausted;
import dev.posthorn.spi.InboxId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is true of one event, whatever the nodes know of it. */
final class Fate {

    /** What stands around the transaction of this event. */
    enum Outside {
        NOTHING,
        /** Middleware does not let it come to a transaction. */
        SKIPS,
        /** Middleware tries again at once what has failed. */
        REPEATS,
        /** Middleware hides what has failed. */
        HIDES,
        /** Middleware sometimes fails itself when all is done. */
        FAILS_AFTERWARDS
    }

    final String name;
    final Kind kind;
    final String channel;
    final @Nullable String key;

    /** Place in the broker's order, among all. */
    final int number;

    Outside outside = Outside.NOTHING;
    WhenExhausted whenExhausted = WhenExhausted.UNDECIDED;

    /** The handler that can't handle it, until that is healed. */
    @Nullable
    String poison;

    /** Whether nothing that has been done can be made up for, until that is healed. */
    boolean poisonsCompensation;

    /** Whether its data can't be read, until that is healed. */
    boolean isGarbled;

    /** Whether it is not even known what it is, until that is healed. */
    boolean isUnknown;

    /** Whether reading it fails with an error that says nothing of it, until that is healed. */
    boolean breaksReading;

    /** Whether middleware fails in a way that nobody expects when it has failed, until that is healed. */
    boolean breaksMiddleware;

    /** How often something has failed around it that should not. */
    int unexpected;

    /** How often a handler was interrupted. */
    int interruptions;

    /** Whether its message could not even be taken from the broker. */
    boolean isLost;

    /** Whether its first handler does not return, until the hanging ends. */
    boolean hangs;

    /** Under which ids the inbox may know it. */
    final List<InboxId> ids = new ArrayList<>();

    /** Handlers whose work is committed and was not made up for, in the order of the commits. */
    final List<String> done = new ArrayList<>();

    /** Whether it was begun to make up for it, since an operator last had it handled anew. */
    boolean isMadeUpFor;

    /** How many attempts have really failed since the last step. */
    int failures;

    /** The same over all its life. */
    int allFailures;

    /** The same of attempts to make up for it. */
    int failuresToMakeUp;

    boolean isRefused;
    boolean isGivenUp;

    /** Whether operators have taken it out of the order of its key. */
    boolean isOperated;

    /** Whether operators have ever parked it, whatever was done by then. */
    boolean isHeldBack;

    /** Whether operators have discarded it, and not requeued it. */
    boolean isDiscarded;

    boolean isAcknowledged;

    /** How often it was published again. */
    int repetitions;

    Fate(String name, Kind kind, String channel, @Nullable String key, int number) {
        this.name = name;
        this.kind = kind;
        this.channel = channel;
        this.key = key;
        this.number = number;
    }

    /** Attempts that may be counted: of the interruptions, the first ones are the server's. */
    int mostCounted() {
        return failures + interruptions / 4;
    }

    /** The same over all its life. */
    int mostCountedEver() {
        return allFailures + interruptions / 4;
    }

    /** Whether it may be dead whatever its attempts. What fails before it is known whose message it is has been counted for nobody. */
    boolean mayBeGivenUp() {
        return isGarbled || isUnknown || unexpected >= RepeatableTask.MOST_FAILURES - 2;
    }

    /** Whether all can be read but the key that tells it from repetitions. Such an event is not published again. */
    boolean hasGarbledKey() {
        return isGarbled && kind.idempotent();
    }

    boolean isInLane() {
        return key != null && kind.ordered() && !isUnknown;
    }

    boolean isOfSameLane(Fate other) {
        return isInLane()
                && other.isInLane()
                && channel.equals(other.channel)
                && other.key != null
                && other.key.equals(key);
    }

    boolean isComplete() {
        return done.size() == kind.handlers().size();
    }

    @Override
    public String toString() {
        return name + " (" + kind.name() + " key " + key + " of " + channel + ", done " + done + ")";
    }
}
