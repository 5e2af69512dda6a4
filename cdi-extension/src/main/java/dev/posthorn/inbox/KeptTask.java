package dev.posthorn.inbox;

import dev.posthorn.inbox.Attempt.Result;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.receive.UnreadableMessageException;
import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Handles an entry of the table, as far as it gets: all at once, or step by step where each handler has a transaction of its own; what
 * was finished is made up for when a later handler gives up. Each transaction locks the entry and notes what was done, so that nothing
 * is done twice, nothing is made up for that was not done, and nothing is done after it was made up for.
 */
final class KeptTask implements Task {

    /** After which an entry is looked at again whose type nobody handles here, as a new version of the application may. */
    private static final Duration UNHANDLED = Duration.ofMinutes(1);

    /** What follows from what was done. */
    private enum Next {
        /** There is more to do at once; the entry's version has grown by one. */
        MORE,
        /** The entry has come to its end. */
        ENDED,
        /** The entry is left as it is, to be looked at when it is due again. */
        LATER
    }

    /** The work of one transaction. */
    private interface Step {
        void take(int attempt, Work.Boundary boundary) throws Exception;
    }

    private final ChannelContext context;
    private final InboxId id;
    private final @Nullable String key;
    private int version;

    KeptTask(ChannelContext context, InboxId id, @Nullable String key, int version) {
        this.context = context;
        this.id = id;
        this.key = key;
        this.version = version;
    }

    @Override
    public @Nullable String key() {
        return key;
    }

    /** Never asks to be run again: the entry is in the table, and will be due again. */
    @Override
    public Outcome run() {
        try {
            Next next = handle();
            while (next == Next.MORE) {
                version++;
                next = handle();
            }
            if (next == Next.ENDED && key != null) {
                context.release(key);
            }
        } catch (StoreAwayException e) {
            InboxLog.storeAway(context.channel(), this, e);
            return Outcome.LEFT;
        }
        return Outcome.DONE;
    }

    private Next handle() {
        Optional<InboxEntry> entry = context.inStore(() -> context.store().read(id, version));
        return entry.isEmpty() ? Next.LATER : handle(entry.get());
    }

    private Next handle(InboxEntry entry) {
        try {
            ReceivedEvent event = context.ports().reader().read(entry.message());
            Optional<HandledType> type = context.ports().types().apply(event.type());
            return type.isEmpty() ? leave(entry, event) : handle(entry, event, type.get());
        } catch (UnreadableMessageException e) {
            InboxLog.unreadable(entry.event(), Text.of(e));
            return bury(entry.attempts() + 1, Text.of(e));
        }
    }

    private Next handle(InboxEntry entry, ReceivedEvent event, HandledType type) {
        Work work = type.open(event, context.channel());
        if (isUnidentified(entry, work)) {
            return identify(entry, event, type, work);
        }
        if (entry.compensating()) {
            return compensateLast(entry, work);
        }
        if (context.settings().isSeparately(type.name()) || !entry.finished().isEmpty()) {
            return handleNext(entry, work);
        }
        return make(entry, work, work::handleAll, () -> context.store().finish(id, version), Next.ENDED);
    }

    /** What could not be read when it arrived, or not its key, is not yet told from its repetitions. */
    private boolean isUnidentified(InboxEntry entry, Work work) {
        boolean isBegun = entry.compensating() || !entry.finished().isEmpty();
        boolean lacksKey = work.idempotencyKey() != null && !ChannelContext.isToldByKey(id);
        return entry.event().type().isEmpty() || (lacksKey && !isBegun);
    }

    /** What could not be read when it arrived takes its place under its own name, unless that is known already. */
    private Next identify(InboxEntry entry, ReceivedEvent event, HandledType type, Work work) {
        InboxEvent read = context.inboxEvent(event, type, work.idempotencyKey());
        context.inStore(() -> context.store().keep(read, entry.message(), Duration.ZERO, 0, null));
        context.inStore(
                () -> context.store().giveUp(id, version, entry.attempts(), "It can be read now: " + read.id()));
        if (read.key() != null) {
            // What it waits for may have come to its end in the meantime.
            context.release(read.key());
        }
        context.wakePoll().run();
        return Next.LATER;
    }

    private Next leave(InboxEntry entry, ReceivedEvent event) {
        InboxLog.unhandledEntry(context.channel(), event);
        String error = "Nobody handles events of type '" + event.type() + "' here.";
        context.inStore(() -> context.store().delay(id, version, entry.attempts(), error, UNHANDLED));
        return Next.LATER;
    }

    private Next handleNext(InboxEntry entry, Work work) {
        List<String> left = new ArrayList<>(work.handlers());
        left.removeAll(entry.finished());
        Step step = left.isEmpty()
                ? (attempt, boundary) -> boundary.around(() -> {})
                : (attempt, boundary) -> work.handle(left.get(0), attempt, boundary);
        if (left.size() <= 1) {
            return make(entry, work, step, () -> context.store().finish(id, version), Next.ENDED);
        }
        List<String> finished = new ArrayList<>(entry.finished());
        finished.add(left.get(0));
        return make(entry, work, step, () -> advance(finished), Next.MORE);
    }

    private Next compensateLast(InboxEntry entry, Work work) {
        List<String> finished = entry.finished();
        if (finished.isEmpty()) {
            return bury(entry.attempts(), String.valueOf(entry.error()));
        }
        int last = finished.size() - 1;
        return make(
                entry,
                work,
                (attempt, boundary) -> work.compensate(finished.get(last), attempt, boundary),
                () -> advance(finished.subList(0, last)),
                Next.MORE);
    }

    private boolean advance(List<String> finished) {
        return context.store().advance(id, version, finished, context.hold());
    }

    private Next make(InboxEntry entry, Work work, Step step, BooleanSupplier note, Next whenDone) {
        int number = entry.attempts() + 1;
        Claim claim = new Claim(note);
        Attempt attempt = context.attempt(claim);
        Result result = attempt.make(boundary -> step.take(number, boundary));
        if (result == Result.DONE && !claim.asked) {
            // Middleware outside did not let it come to a transaction: that counts as done, and has to be noted.
            // If that fails, it is not the event's fault.
            attempt = context.attempt(claim);
            result = attempt.make(boundary -> boundary.around(() -> {})) == Result.DONE
                    ? Result.DONE
                    : Result.STORE_AWAY;
        }
        return switch (result) {
            case STORE_AWAY -> throw new StoreAwayException(attempt.failure());
            case FAILED -> failed(entry, work, number, attempt.failure());
            case DONE -> claim.entered ? whenDone : Next.LATER;
        };
    }

    /**
     * Between the end of the transaction and the change of the entry another node may have made the same attempt. Whose change comes
     * second is not heard of.
     */
    private Next failed(InboxEntry entry, Work work, int attempts, Throwable failure) {
        InboxEvent event = entry.event();
        work.failed(attempts, failure);
        if (!context.isLast(attempts, event.type())) {
            Duration delay = context.delayAfter(attempts, event.type(), id);
            if (context.inStore(() -> context.store().delay(id, version, attempts, Text.of(failure), delay))) {
                InboxLog.failed(event, attempts, failure, delay);
            }
            return Next.LATER;
        }
        if (entry.compensating()) {
            InboxLog.notCompensated(event, entry.finished(), failure);
            return bury(attempts, "It could not be made up for what " + entry.finished() + " did: " + Text.of(failure));
        }
        return switch (work.exhausted(attempts, failure)) {
            case ACKNOWLEDGE -> {
                boolean isGivenUp =
                        context.inStore(() -> context.store().giveUp(id, version, attempts, Text.of(failure)));
                if (isGivenUp) {
                    InboxLog.givenUp(event, attempts, failure);
                }
                yield ended(isGivenUp);
            }
            case DEAD, UNDECIDED, REFUSE -> {
                Next next = entry.finished().isEmpty() ? bury(attempts, Text.of(failure)) : compensate(failure);
                if (next != Next.LATER) {
                    InboxLog.died(event, attempts, failure);
                }
                yield next;
            }
        };
    }

    private Next compensate(Throwable failure) {
        boolean begun = context.inStore(() -> context.store().compensate(id, version, Text.of(failure)));
        return begun ? Next.MORE : Next.LATER;
    }

    private Next bury(int attempts, String error) {
        return ended(context.inStore(() -> context.store().bury(id, version, attempts, error)));
    }

    private static Next ended(boolean changed) {
        return changed ? Next.ENDED : Next.LATER;
    }

    @Override
    public String toString() {
        return "entry " + id;
    }

    /** Locks the entry for the transaction, and notes in it what was done. */
    private final class Claim implements Attempt.Fence {

        private final BooleanSupplier note;
        private boolean asked;
        private boolean entered;

        Claim(BooleanSupplier note) {
            this.note = note;
        }

        @Override
        public boolean enter() {
            asked = true;
            entered = context.store().claim(id, version);
            return entered;
        }

        @Override
        public void leave() {
            if (!note.getAsBoolean()) {
                throw new IllegalStateException("Entry " + id + " has changed although it was locked.");
            }
        }
    }
}
