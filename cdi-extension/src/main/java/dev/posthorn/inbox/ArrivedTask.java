package dev.posthorn.inbox;

import dev.posthorn.WhenDead;
import dev.posthorn.inbox.Attempt.Result;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.receive.UnreadableMessageException;
import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Admission;
import dev.posthorn.spi.InboxStore.Kept;
import dev.posthorn.spi.IncomingMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Handles what the broker has just brought, or keeps it for later, and answers the broker when one of both is committed. As long as the
 * store is away, nothing is answered.
 */
final class ArrivedTask implements Task {

    private final ChannelContext context;
    private final Arrival arrival;
    private final Optional<ReceivedEvent> event;
    private final Optional<HandledType> type;
    private final @Nullable String unreadable;
    private final @Nullable String key;

    private Admission admission = Admission.KNOWN;
    private boolean answered;

    private ArrivedTask(
            ChannelContext context,
            Arrival arrival,
            Optional<ReceivedEvent> event,
            Optional<HandledType> type,
            @Nullable String unreadable) {
        this.context = context;
        this.arrival = arrival;
        this.event = event;
        this.type = type;
        this.unreadable = unreadable;
        this.key = event.flatMap(read -> type.map(known -> ChannelContext.orderKey(read, known)))
                .orElse(null);
    }

    static ArrivedTask of(ChannelContext context, Arrival arrival) {
        try {
            ReceivedEvent event = context.ports().reader().read(arrival.message());
            return new ArrivedTask(
                    context,
                    arrival,
                    Optional.of(event),
                    context.ports().types().apply(event.type()),
                    null);
        } catch (RuntimeException e) {
            return new ArrivedTask(context, arrival, Optional.empty(), Optional.empty(), Text.of(e));
        }
    }

    @Override
    public @Nullable String key() {
        return key;
    }

    @Override
    public Outcome run() {
        try {
            handle();
            return Outcome.DONE;
        } catch (StoreAwayException e) {
            InboxLog.storeAway(context.channel(), this, e);
            return Outcome.AGAIN;
        }
    }

    private void handle() {
        if (event.isEmpty()) {
            keepUnreadable(unidentified(), String.valueOf(unreadable));
        } else if (type.isEmpty()) {
            answerUnhandled(event.get());
        } else {
            handle(event.get(), type.get());
        }
    }

    private void handle(ReceivedEvent read, HandledType known) {
        Work work;
        InboxEvent entry;
        try {
            work = known.open(read, context.channel());
            entry = context.inboxEvent(read, known, work.idempotencyKey());
        } catch (UnreadableMessageException e) {
            keepUnreadable(context.inboxEvent(read, known, null), Text.of(e));
            return;
        }
        if (context.settings().isSeparately(known.name())) {
            handleSeparately(entry);
        } else {
            handleTogether(entry, work);
        }
    }

    /** The entry says how far the handlers have got, so there must be one before the first of them. */
    private void handleSeparately(InboxEvent entry) {
        Kept kept = context.inStore(() -> context.store().keep(entry, message(), context.hold(), 0, null));
        acknowledge();
        if (kept == Kept.DUE) {
            new KeptTask(context, entry.id(), key, 0).run();
        } else {
            waits(kept);
        }
    }

    private void handleTogether(InboxEvent entry, Work work) {
        Attempt attempt = context.attempt(new Attempt.Fence() {
            @Override
            public boolean enter() {
                admission = context.store().admit(entry);
                return admission == Admission.NEW;
            }

            @Override
            public void leave() {
                // Admitted is handled, once that is committed.
            }
        });
        Result result = attempt.make(boundary -> work.handleAll(1, boundary));
        switch (result) {
            case STORE_AWAY -> throw new StoreAwayException(attempt.failure());
            case FAILED -> failed(entry, work, attempt.failure());
            case DONE -> {
                if (admission == Admission.BEHIND) {
                    waits(context.inStore(() -> context.store().keep(entry, message(), Duration.ZERO, 0, null)));
                }
                acknowledge();
            }
        }
    }

    private void failed(InboxEvent entry, Work work, Throwable failure) {
        work.failed(1, failure);
        if (!context.isLast(1, entry.type())) {
            Duration delay = context.delayAfter(1, entry.type(), entry.id());
            InboxLog.failed(entry, 1, failure, delay);
            waits(context.inStore(() -> context.store().keep(entry, message(), delay, 1, Text.of(failure))));
            acknowledge();
            return;
        }
        switch (work.exhausted(1, failure)) {
            case REFUSE -> {
                InboxLog.refused(entry, failure);
                refuse(failure);
            }
            case ACKNOWLEDGE -> {
                InboxLog.givenUp(entry, 1, failure);
                keepGivenUp(entry, failure);
                acknowledge();
            }
            case DEAD, UNDECIDED -> {
                InboxLog.died(entry, 1, failure);
                context.inStore(() -> context.store().keepDead(entry, message(), 1, Text.of(failure)));
                acknowledge();
            }
        }
    }

    /** Kept for the moment alone, so that a repetition is known. */
    private void keepGivenUp(InboxEvent entry, Throwable failure) {
        context.inStore(() -> {
            if (context.store().keep(entry, message(), context.hold(), 1, Text.of(failure)) != Kept.KNOWN) {
                context.store().giveUp(entry.id(), 0, 1, Text.of(failure));
            }
            return true;
        });
        releaseKey();
    }

    private void waits(Kept kept) {
        if (kept == Kept.WAITING) {
            // What it waits for may have come to its end in the meantime.
            releaseKey();
        } else if (kept == Kept.DUE) {
            context.wakePoll().run();
        }
    }

    private void releaseKey() {
        if (key != null) {
            context.release(key);
        }
    }

    private void keepUnreadable(InboxEvent entry, String error) {
        InboxLog.unreadable(entry, error);
        context.inStore(() -> context.store().keepDead(entry, message(), 1, error));
        acknowledge();
    }

    private void answerUnhandled(ReceivedEvent read) {
        if (context.settings().refusesUnhandled()) {
            InboxLog.unhandledRefused(context.channel(), read);
            refuse(new UnreadableMessageException("Nobody handles events of type '" + read.type() + "' here."));
        } else {
            InboxLog.unhandled(context.channel(), read.type());
            acknowledge();
        }
    }

    private IncomingMessage message() {
        return arrival.message();
    }

    /** What can't be read can't be told from others but by where it was, or by what it says. */
    private InboxEvent unidentified() {
        String position = message().position();
        String id = position == null ? Text.digest(message().data()) : position;
        return new InboxEvent(
                new InboxId(context.consumer(), "unreadable:" + context.channel(), id),
                context.channel(),
                "",
                null,
                WhenDead.SKIP);
    }

    private void acknowledge() {
        answer(arrival::acknowledge);
    }

    private void refuse(Throwable why) {
        answer(() -> arrival.refuse(why));
    }

    private void answer(Supplier<CompletionStage<?>> answer) {
        if (answered) {
            // When this was run before.
            return;
        }
        answered = true;
        answer.get().whenComplete((done, error) -> {
            if (error != null) {
                // It is delivered again, and known then.
                InboxLog.notAcknowledged(context.channel(), error);
            }
        });
    }

    @Override
    public String toString() {
        return event.map(ReceivedEvent::toString).orElse("unreadable message of channel " + context.channel());
    }
}
