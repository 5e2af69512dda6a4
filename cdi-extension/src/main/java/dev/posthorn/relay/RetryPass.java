package dev.posthorn.relay;

import dev.posthorn.PosthornException;
import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Send;
import dev.posthorn.channel.Sends;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets the retrier try what could not be sent at once. It may give up an attempt that is still inside the transport: until that has
 * returned, no other begins, so that there are never more than two at once, a first send and this one.
 */
final class RetryPass implements Runnable {

    private final Channel channel;
    private final Sends sends;
    private final Site site;
    private final Answers answers;
    private final Unanswered unanswered;
    private final AtomicReference<@Nullable Call> inside = new AtomicReference<>();

    /** An attempt that the transport has not returned from. Compared by identity. */
    private static final class Call {

        private final long since;

        Call(long since) {
            this.since = since;
        }
    }

    RetryPass(Channel channel, Site site, Answers answers, Unanswered unanswered) {
        this.channel = channel;
        this.sends = channel.sends();
        this.site = site;
        this.answers = answers;
        this.unanswered = unanswered;
    }

    @Override
    public void run() {
        while (site.mayAct() && !isInside()) {
            Send send = sends.nextRetry(site.now());
            if (send == null) {
                return;
            }
            try {
                retry(send);
            } catch (InterruptedException e) {
                // That says nothing of the event or the broker: it stays the first to be retried.
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean isInside() {
        Call call = inside.get();
        return call != null && !unanswered.isTooOld(call.since, site.now());
    }

    private void retry(Send send) throws InterruptedException {
        try {
            site.ports().retrier().send(send.event(), () -> attempt(send));
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            answers.retriesFailed(send, e);
            return;
        }
        if (sends.isRetrying(send)) {
            answers.acknowledged(send);
        }
    }

    /** On any thread, and perhaps long after the retrier has begun. */
    private CompletionStage<Void> attempt(Send send) {
        if (!sends.isRetrying(send)) {
            // Nobody cares any more: most likely an earlier send was acknowledged late.
            return CompletableFuture.completedStage(null);
        }
        if (!site.mayAct()) {
            throw new PosthornException("POSTHORN-3004 This node may have been declared dead. " + send.event()
                    + " is sent by whoever owns it.");
        }
        return unanswered.await(send, site.now(), () -> hand(send));
    }

    private void hand(Send send) {
        Call call = new Call(site.now());
        inside.set(call);
        sends.handed(send);
        try {
            site.ports()
                    .transport()
                    .send(send.event())
                    .whenComplete((done, error) -> answers.attemptAnswered(send, error));
        } catch (Throwable e) {
            answers.attemptAnswered(send, e);
        } finally {
            if (inside.compareAndSet(call, null)) {
                site.wakeUps().retry(channel);
            }
        }
    }
}
