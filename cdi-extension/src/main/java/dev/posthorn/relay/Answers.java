package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Send;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Tells channels how sends have ended, and wakes whoever has something to do now. */
final class Answers {

    private final Site site;
    private final AtomicBoolean classifierHasFailed = new AtomicBoolean();

    Answers(Site site) {
        this.site = site;
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
                failed(send, Causes.of(error));
            }
        } catch (Throwable e) {
            RelayLog.passFailed("answer", e);
        }
    }

    void acknowledged(Send send) {
        boolean more = send.channel().acknowledged(send);
        site.wakeUps().mark();
        if (more) {
            site.wakeUps().send(send.channel());
        }
    }

    private void failed(Send send, Throwable cause) {
        Channel channel = send.channel();
        RelayLog.sendFailed(send.event(), cause);
        boolean wasCancelled = channel.isCancelled();
        channel.failed(send, classify(send, cause), cause, site.now());
        sayIfCancelled(channel, wasCancelled, cause);
        site.wakeUps().retry(channel);
        site.wakeUps().send(channel);
        site.wakeTable(channel);
    }

    /** The retrier has given up. */
    void retriesFailed(Send send, Throwable error) {
        Throwable cause = Causes.of(error);
        Channel channel = send.channel();
        boolean wasCancelled = channel.isCancelled();
        if (channel.retriesFailed(send, classify(send, cause), cause, site.now())) {
            RelayLog.paused(channel.name(), cause);
        }
        sayIfCancelled(channel, wasCancelled, cause);
        site.wakeTable(channel);
    }

    private Failure classify(Send send, Throwable error) {
        try {
            @Nullable Failure failure = site.ports().classifier().classify(send.event(), error);
            if (failure != null) {
                return failure;
            }
            classifierFailed(new NullPointerException("It returned null."));
        } catch (Throwable e) {
            classifierFailed(e);
        }
        return Failure.UNCLEAR;
    }

    private void classifierFailed(Throwable error) {
        if (classifierHasFailed.compareAndSet(false, true)) {
            RelayLog.classifierFailed(error);
        }
    }

    private static void sayIfCancelled(Channel channel, boolean before, Throwable error) {
        if (channel.isCancelled() && !before) {
            RelayLog.cancelled(channel.name(), error);
        }
    }
}
