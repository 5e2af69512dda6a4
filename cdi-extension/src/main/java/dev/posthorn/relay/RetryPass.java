package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Send;

/** Lets the retrier try what could not be sent at once. */
final class RetryPass implements Runnable {

    private final Channel channel;
    private final Site site;
    private final Answers answers;

    RetryPass(Channel channel, Site site, Answers answers) {
        this.channel = channel;
        this.site = site;
        this.answers = answers;
    }

    @Override
    public void run() {
        while (site.mayAct()) {
            Send send = channel.nextRetry(site.now());
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

    private void retry(Send send) throws InterruptedException {
        try {
            site.ports().retrier().send(send.event());
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            answers.retriesFailed(send, e);
            return;
        }
        answers.acknowledged(send);
    }
}
