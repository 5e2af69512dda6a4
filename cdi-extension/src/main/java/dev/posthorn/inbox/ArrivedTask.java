package dev.posthorn.inbox;

import dev.posthorn.EventMiddleware.WhenExhausted;
import dev.posthorn.WhenDead;
import dev.posthorn.inbox.Attempt.Result;
import dev.posthorn.inbox.ChannelContext.Opened;
import dev.posthorn.log.FailureText;
import dev.posthorn.log.Printable;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.receive.UnreadableMessageException;
import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Admission;
import dev.posthorn.spi.InboxStore.Kept;
import dev.posthorn.spi.IncomingMessage;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Handles what the broker has just brought, or keeps it for later, and answers the broker when one of both is committed. As long as the
 * store is away, nothing is answered.
 */
final class ArrivedTask implements Task {

    private final ChannelContext context;
    private final IncomingMessage message;
    private final Answer answer;
    private final @Nullable Reading reading;
    private final @Nullable String key;
    private final Interruptions interruptions = new Interruptions();

    /** Under which the event is kept if it is given up. */
    private InboxEvent entry;

    private ArrivedTask(ChannelContext context, Arrival arrival, IncomingMessage message) {
        this.context = context;
        this.message = message;
        this.answer = new Answer(context.channel(), arrival);
        this.entry = unidentified();
        this.reading = firstReading();
        // The broker's key is the event's, as far as anybody knows before it is read.
        this.key = reading == null ? message.key() : reading.key();
    }

    static ArrivedTask of(ChannelContext context, Arrival arrival) {
        return new ArrivedTask(context, arrival, arrival.message());
    }

    /** Null if the virtual machine had no room for it: it is read again when it is handled. */
    private @Nullable Reading firstReading() {
        try {
            return Reading.of(context, message);
        } catch (VirtualMachineError e) {
            InboxLog.notRead(context.channel(), e);
            return null;
        }
    }

    @Override
    public @Nullable String key() {
        return key;
    }

    @Override
    public Outcome run() {
        try {
            return handle(reading == null ? Reading.of(context, message) : reading);
        } catch (StoreAwayException e) {
            context.reports().noAnswer(context.channel(), this, e);
            return Outcome.AGAIN;
        }
    }

    @Override
    public Outcome giveUp(Throwable why) {
        try {
            InboxLog.gaveUp(this, why);
            return keepDead(FailureText.of(why));
        } catch (StoreAwayException e) {
            context.reports().noAnswer(context.channel(), this, e);
            return Outcome.AGAIN;
        }
    }

    private Outcome handle(Reading read) {
        ReceivedEvent event = read.event();
        HandledType type = read.type();
        if (event == null) {
            return keepUnreadable(read.error());
        }
        if (type == null) {
            return answerUnhandled(event, event.type());
        }
        entry = context.inboxEvent(event, type, null);
        Opened opened;
        try {
            opened = context.open(event, type);
        } catch (UnreadableMessageException e) {
            return keepUnreadable(FailureText.of(e));
        }
        if (opened.work().handlers().isEmpty()) {
            return answerUnhandled(event, ChannelContext.kindOf(event, opened.work()));
        }
        entry = opened.entry();
        return context.settings().isSeparately(type.name()) ? handleSeparately() : handleTogether(opened.work());
    }

    /** The entry says how far the handlers have got, so there must be one before the first of them. */
    private Outcome handleSeparately() {
        Kept kept = context.inStore(() -> context.store().keep(entry, message, context.hold(), 0, null));
        answer.acknowledge();
        if (kept == Kept.DUE) {
            // Whatever comes of it, from now on the event is found in the table.
            new KeptTask(context, entry.id(), key, 0).run();
        } else {
            passOn(kept);
        }
        return Outcome.DONE;
    }

    private Outcome handleTogether(Work work) {
        Admit admit = new Admit();
        Attempt attempt = context.attempt(admit);
        Result result = attempt.perform(boundary -> work.handleAll(1, boundary));
        return switch (result) {
            case STORE_AWAY -> throw new StoreAwayException(attempt.failure());
            case INTERRUPTED -> interrupted(work, attempt.failure());
            case FAILED -> failed(work, attempt.failure());
            case DONE -> {
                if (admit.admission == Admission.BEHIND) {
                    passOn(context.inStore(() -> context.store().keep(entry, message, Duration.ZERO, 0, null)));
                } else if (admit.admission == Admission.KNOWN) {
                    dropped();
                }
                yield acknowledged();
            }
        };
    }

    private Outcome interrupted(Work work, Throwable failure) {
        return interruptions.accept() ? Outcome.POSTPONED : failed(work, failure);
    }

    private Outcome failed(Work work, Throwable failure) {
        String error = FailureText.of(failure);
        work.failed(1, failure);
        if (!context.isLast(1, entry.type())) {
            Duration delay = context.delayAfter(1, entry.type(), entry.id());
            InboxLog.failed(entry, work.event(), 1, failure, delay);
            passOn(context.inStore(() -> context.store().keep(entry, message, delay, 1, error)));
            return acknowledged();
        }
        WhenExhausted decision = work.exhausted(1, failure);
        return switch (decision) {
            case REFUSE -> {
                InboxLog.refused(entry, work.event(), failure);
                answer.refuse(failure);
                yield Outcome.DONE;
            }
            case ACKNOWLEDGE -> {
                InboxLog.givenUp(entry, work.event(), 1, failure);
                keepGivenUp(error);
                yield acknowledged();
            }
            case DEAD, UNDECIDED -> {
                InboxLog.died(entry, work.event(), 1, failure);
                yield keepDead(error);
            }
        };
    }

    /** Kept for the moment alone, so that a repetition is known. */
    private void keepGivenUp(String error) {
        context.inStore(() -> {
            if (context.store().keep(entry, message, context.hold(), 1, error) != Kept.KNOWN) {
                context.store().giveUp(entry.id(), 0, 1, error);
            }
            return true;
        });
        releaseKey();
    }

    /** The event is in the table: whoever handles it next has to look there. */
    private void passOn(Kept kept) {
        if (kept == Kept.WAITING) {
            // The entries that it waits for may have ended in the meantime.
            releaseKey();
        } else if (kept == Kept.DUE) {
            context.wakePoll().run();
        } else if (kept == Kept.KNOWN) {
            dropped();
        }
    }

    private void dropped() {
        context.repetitions().dropped(entry.id());
    }

    private void releaseKey() {
        if (key != null) {
            context.release(key);
        }
    }

    private Outcome keepUnreadable(String error) {
        InboxLog.unreadable(entry, error);
        return keepDead(error);
    }

    private Outcome keepDead(String error) {
        passOn(context.inStore(() -> context.store().keepDead(entry, message, 1, error)));
        return acknowledged();
    }

    private Outcome answerUnhandled(ReceivedEvent event, String kind) {
        if (context.settings().refusesUnhandled()) {
            InboxLog.unhandledRefused(context.channel(), event);
            answer.refuse(new UnreadableMessageException("Nobody handles events of type '" + kind + "' here."));
        } else {
            context.unhandled().arrived(kind);
            answer.acknowledge();
        }
        return Outcome.LEFT;
    }

    private Outcome acknowledged() {
        answer.acknowledge();
        return Outcome.DONE;
    }

    /** Nobody knows its own id before it is read. */
    private InboxEvent unidentified() {
        InboxId id = Identity.ofUnreadable(context.consumer(), message);
        return new InboxEvent(id, context.channel(), "", null, WhenDead.SKIP);
    }

    @Override
    public String toString() {
        return reading == null || reading.event() == null
                ? "unreadable message of channel " + Printable.text(context.channel())
                : reading.event().toString();
    }

    /** Notes the event as handled, unless it is known or has to wait. */
    private final class Admit implements Attempt.Fence {

        private @Nullable Admission admission;

        @Override
        public boolean enter() {
            admission = Objects.requireNonNull(context.store().admit(entry), "The store answered null.");
            return admission == Admission.NEW;
        }

        @Override
        public void leave() {
            // Admitted is handled, once that is committed.
        }
    }
}
