package dev.posthorn.inbox;

import dev.posthorn.inbox.Attempt.Result;
import dev.posthorn.inbox.ChannelContext.Opened;
import dev.posthorn.log.FailureText;
import dev.posthorn.log.Printable;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.receive.UnreadableMessageException;
import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Kept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Handles an entry of the table, as far as it gets: all at once, or step by step where each handler has a transaction of its own. When a
 * handler gives up, those that have finished are compensated. Each transaction locks the entry and notes what was done. So nothing is
 * done twice, nothing is compensated that was not done, and nothing is done after it was compensated.
 */
final class KeptTask implements Task {

    /** How long an entry rests whose type nobody handles here: a new version of the application may handle it. */
    private static final Duration UNHANDLED = Duration.ofMinutes(1);

    /** How far the entry has got. */
    private enum Progress {
        /** There is more to do at once; the entry's version has grown by one. */
        MORE,
        /** The entry is finished, dead or given up. */
        ENDED,
        /** The entry stays in the table, and is looked at again when it is due. */
        LATER,
        /** The server has interrupted the thread: nothing is counted, and the task has to run again. */
        INTERRUPTED
    }

    /** The work of one transaction. */
    private interface Step {
        void take(int attempt, Work.Boundary boundary) throws Exception;
    }

    private final ChannelContext context;
    private final InboxId id;
    private final @Nullable String key;
    private final Interruptions interruptions = new Interruptions();
    private int version;
    private int attempts;
    private boolean ended;

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

    @Override
    public Outcome run() {
        try {
            Progress progress = handle();
            while (progress == Progress.MORE) {
                version++;
                progress = handle();
            }
            if (progress == Progress.INTERRUPTED) {
                return Outcome.POSTPONED;
            }
            if (progress == Progress.ENDED) {
                end();
            }
        } catch (StoreAwayException e) {
            context.reports().noAnswer(context.channel(), this, e);
            return Outcome.LEFT;
        }
        return Outcome.DONE;
    }

    @Override
    public Outcome giveUp(Throwable why) {
        try {
            InboxLog.gaveUp(this, why);
            if (bury(attempts + 1, FailureText.of(why)) == Progress.ENDED) {
                end();
            }
        } catch (StoreAwayException e) {
            context.reports().noAnswer(context.channel(), this, e);
            return Outcome.LEFT;
        }
        return Outcome.DONE;
    }

    private void end() {
        ended = true;
        if (key != null) {
            context.release(key);
        }
    }

    /** Whether the entry has ended, so that there may be room for another one. */
    boolean hasEnded() {
        return ended;
    }

    private Progress handle() {
        Optional<InboxEntry> entry = context.inStore(() -> context.store().read(id, version));
        return entry.isEmpty() ? Progress.LATER : handle(entry.get());
    }

    private Progress handle(InboxEntry entry) {
        attempts = entry.attempts();
        String unreadable = entry.unreadable();
        if (unreadable != null) {
            return buryUnreadable(entry, unreadable);
        }
        try {
            ReceivedEvent event = context.read(entry.message());
            Optional<HandledType> type = context.typeOf(event);
            return type.isEmpty() ? leave(entry, event.type()) : handle(entry, event, type.get());
        } catch (UnreadableMessageException e) {
            InboxLog.unreadable(entry.event(), FailureText.of(e));
            return bury(attempts + 1, FailureText.of(e));
        }
    }

    private Progress handle(InboxEntry entry, ReceivedEvent event, HandledType type) {
        Opened opened = context.open(event, type);
        Work work = opened.work();
        if (work.handlers().isEmpty() && entry.finished().isEmpty()) {
            return leave(entry, ChannelContext.kindOf(event, work));
        }
        if (isUnidentified(entry, opened)) {
            return identify(entry, opened.entry());
        }
        if (entry.compensating()) {
            return compensateLast(entry, work);
        }
        if (context.settings().isSeparately(type.name()) || !entry.finished().isEmpty()) {
            return handleNext(entry, work);
        }
        return perform(entry, work, work::handleAll, () -> context.store().finish(id, version), Progress.ENDED);
    }

    /** When it arrived, it could not be read, or its idempotency key could not: nobody knows yet whether it is a repetition. */
    private boolean isUnidentified(InboxEntry entry, Opened opened) {
        boolean isBegun = entry.compensating() || !entry.finished().isEmpty();
        boolean lacksKey =
                Identity.of(opened.entry().id()) == Identity.BUSINESS && Identity.of(id) != Identity.BUSINESS;
        return entry.event().type().isEmpty() || (lacksKey && !isBegun);
    }

    /** It can be read now, and is kept under its own id, unless that is known already. */
    private Progress identify(InboxEntry entry, InboxEvent read) {
        Kept kept = context.inStore(() -> context.store().keep(read, entry.message(), Duration.ZERO, 0, null));
        if (kept == Kept.KNOWN) {
            context.repetitions().dropped(read.id());
        }
        context.inStore(
                () -> context.store().giveUp(id, version, entry.attempts(), "It can be read now: " + read.id()));
        if (read.key() != null) {
            // The entries that it waits for may have ended in the meantime.
            context.release(read.key());
        }
        context.wakePoll().run();
        return Progress.LATER;
    }

    private Progress leave(InboxEntry entry, String kind) {
        context.unhandled().kept(kind);
        String error = "Nobody handles events of type '" + Printable.text(kind) + "' here.";
        context.inStore(() -> context.store().delay(id, version, entry.attempts(), error, UNHANDLED));
        return Progress.LATER;
    }

    private Progress handleNext(InboxEntry entry, Work work) {
        List<String> left = new ArrayList<>(work.handlers());
        left.removeAll(entry.finished());
        Step step = left.isEmpty()
                ? (attempt, boundary) -> boundary.around(() -> {})
                : (attempt, boundary) -> work.handle(left.get(0), attempt, boundary);
        if (left.size() <= 1) {
            return perform(entry, work, step, () -> context.store().finish(id, version), Progress.ENDED);
        }
        List<String> finished = new ArrayList<>(entry.finished());
        finished.add(left.get(0));
        return perform(entry, work, step, () -> advance(finished), Progress.MORE);
    }

    private Progress compensateLast(InboxEntry entry, Work work) {
        List<String> finished = entry.finished();
        if (finished.isEmpty()) {
            return bury(entry.attempts(), String.valueOf(entry.error()));
        }
        int last = finished.size() - 1;
        return perform(
                entry,
                work,
                (attempt, boundary) -> work.compensate(finished.get(last), attempt, boundary),
                () -> advance(finished.subList(0, last)),
                Progress.MORE);
    }

    private boolean advance(List<String> finished) {
        return context.store().advance(id, version, finished, context.hold());
    }

    private Progress perform(InboxEntry entry, Work work, Step step, BooleanSupplier note, Progress whenDone) {
        int number = entry.attempts() + 1;
        Claim claim = new Claim(note);
        Attempt attempt = context.attempt(claim);
        Result result = attempt.perform(boundary -> step.take(number, boundary));
        if (result == Result.DONE && !claim.asked) {
            // Middleware outside began no transaction: the event counts as handled, which has to be noted.
            // If noting fails, it is not the event's fault.
            attempt = context.attempt(claim);
            result = attempt.perform(boundary -> boundary.around(() -> {})) == Result.DONE
                    ? Result.DONE
                    : Result.STORE_AWAY;
        }
        return switch (result) {
            case STORE_AWAY -> throw new StoreAwayException(attempt.failure());
            case INTERRUPTED -> interrupted(entry, work, number, attempt.failure());
            case FAILED -> failed(entry, work, number, attempt.failure());
            case DONE -> claim.entered ? whenDone : Progress.LATER;
        };
    }

    private Progress interrupted(InboxEntry entry, Work work, int number, Throwable failure) {
        if (interruptions.accept()) {
            return Progress.INTERRUPTED;
        }
        return failed(entry, work, number, failure);
    }

    /** Another node may make the same attempt before this failure is recorded. The second update then matches no row and is ignored. */
    private Progress failed(InboxEntry entry, Work work, int attempts, Throwable failure) {
        InboxEvent event = entry.event();
        work.failed(attempts, failure);
        if (!context.isLast(attempts, event.type())) {
            Duration delay = context.delayAfter(attempts, event.type(), id);
            if (context.inStore(() -> context.store().delay(id, version, attempts, FailureText.of(failure), delay))) {
                InboxLog.failed(event, work.event(), attempts, failure, delay);
            }
            return Progress.LATER;
        }
        if (entry.compensating()) {
            InboxLog.notCompensated(event, work.event(), entry.finished(), failure);
            return bury(
                    attempts,
                    "The work of " + Printable.text(entry.finished()) + " could not be compensated: "
                            + FailureText.of(failure));
        }
        return switch (work.exhausted(attempts, failure)) {
            case ACKNOWLEDGE -> {
                boolean isGivenUp =
                        context.inStore(() -> context.store().giveUp(id, version, attempts, FailureText.of(failure)));
                if (isGivenUp) {
                    InboxLog.givenUp(event, work.event(), attempts, failure);
                }
                yield ended(isGivenUp);
            }
            case DEAD, UNDECIDED, REFUSE -> {
                Progress progress =
                        entry.finished().isEmpty() ? bury(attempts, FailureText.of(failure)) : compensate(failure);
                if (progress != Progress.LATER) {
                    InboxLog.died(event, work.event(), attempts, failure);
                }
                yield progress;
            }
        };
    }

    private Progress compensate(Throwable failure) {
        boolean begun = context.inStore(() -> context.store().compensate(id, version, FailureText.of(failure)));
        return begun ? Progress.MORE : Progress.LATER;
    }

    private Progress bury(int attempts, String error) {
        return ended(context.inStore(() -> context.store().bury(id, version, attempts, error)));
    }

    private Progress buryUnreadable(InboxEntry entry, String problem) {
        Progress next = bury(attempts, problem);
        if (next == Progress.ENDED) {
            InboxLog.unreadableEntry(entry.event(), problem);
        }
        return next;
    }

    private static Progress ended(boolean changed) {
        return changed ? Progress.ENDED : Progress.LATER;
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
