package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Send;
import dev.posthorn.channel.Sends;
import dev.posthorn.log.FailureText;
import dev.posthorn.relay.Unanswered.Awaited;
import dev.posthorn.spi.FailureClassifier.Failure;
import org.jspecify.annotations.Nullable;

/** Tells a channel how its sends have ended, and wakes whoever has something to do now. */
final class Answers {

    private final Channel channel;
    private final Sends sends;
    private final Site site;
    private final Classification classification;
    private final Unanswered unanswered;

    Answers(Channel channel, Site site, Classification classification, Unanswered unanswered) {
        this.channel = channel;
        this.sends = channel.sends();
        this.site = site;
        this.classification = classification;
        this.unanswered = unanswered;
    }

    /** The answer to come for this event, if the transport still has it. */
    @Nullable
    Awaited awaited(Send send) {
        return unanswered.of(send.seq(), site.now());
    }

    /**
     * Never throws: callbacks of stages lose what they throw.
     *
     * @param error null if the broker has the event
     */
    void answered(Send send, @Nullable Throwable error) {
        try {
            if (error == null) {
                acknowledged(send);
            } else {
                failed(send, FailureText.unwrapped(error), sends::failed);
            }
        } catch (Throwable e) {
            RelayLog.passFailed("answer", e);
        } finally {
            unanswered.answered(send, error);
        }
    }

    /** The same for an attempt of the retrier, who hears of a failure himself, unless he has given up. */
    void attemptAnswered(Send attempt, @Nullable Throwable error) {
        try {
            if (error == null) {
                acknowledged(attempt);
            }
        } catch (Throwable e) {
            RelayLog.passFailed("answer", e);
        } finally {
            unanswered.answered(attempt, error);
        }
        if (error != null) {
            failedLate(attempt, FailureText.unwrapped(error));
        }
    }

    /** No answer came in time. The event waits for it, or for the broker; an answer that comes late is believed. */
    void timedOut(Send send) {
        unanswered.timedOut(send, site.now());
        SendTimeoutException error = new SendTimeoutException(send.event());
        boolean wasUnderWay = failed(send, error, sends::notAnswered);
        if (!wasUnderWay) {
            unanswered.forget(send);
        }
    }

    /** No answer will come any more. Those who share it are told so, or they would be taken for senders of their own. */
    void givenUp(Send send) {
        SendTimeoutException error = new SendTimeoutException(send.event());
        unanswered.answered(send, error);
        failedLate(send, error);
    }

    /** Matters only to an event that waits for this answer. */
    private void failedLate(Send send, Throwable cause) {
        try {
            if (sends.isUnanswered(send)) {
                failed(send, cause, sends::failed);
            }
        } catch (Throwable e) {
            RelayLog.passFailed("answer", e);
        }
    }

    void acknowledged(Send send) {
        boolean more = sends.acknowledged(send);
        site.wakeUps().mark();
        if (more) {
            site.wakeUps().send(channel);
        }
    }

    /** How a channel is told of a failure. */
    private interface Report {
        boolean of(Send send, Failure failure, Throwable cause, long now);
    }

    private boolean failed(Send send, Throwable cause, Report report) {
        RelayLog.sendFailed(send.event(), cause);
        boolean wasCancelled = channel.isCancelled();
        boolean wasUnderWay = report.of(send, classification.of(send.event(), cause), cause, site.now());
        sayIfCancelled(wasCancelled, cause);
        site.wakeUps().retry(channel);
        site.wakeUps().send(channel);
        site.wakeTable(channel);
        return wasUnderWay;
    }

    /** The retrier has given up. */
    void retriesFailed(Send send, Throwable error) {
        boolean answered = awaited(send) == null;
        // Whatever the retrier says then, the reason is that.
        Throwable cause = answered ? FailureText.unwrapped(error) : new SendTimeoutException(send.event());
        boolean wasCancelled = channel.isCancelled();
        if (sends.retriesFailed(send, classification.of(send.event(), cause), cause, answered, site.now())) {
            RelayLog.paused(channel.name(), cause);
        }
        sayIfCancelled(wasCancelled, cause);
        if (!answered && awaited(send) == null) {
            // The answer came just before the channel began to wait for it.
            failedLate(send, cause);
        }
        site.wakeTable(channel);
    }

    private void sayIfCancelled(boolean before, Throwable error) {
        if (channel.isCancelled() && !before) {
            RelayLog.cancelled(channel.name(), error);
        }
    }
}
