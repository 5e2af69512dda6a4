package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Send;

/** Minds the time of one channel: sends without an answer, delays that are over, probes that are due, passes that failed. */
final class PulsePass implements Runnable {

    private final Channel channel;
    private final Site site;
    private final Answers answers;
    private final Unanswered unanswered;

    PulsePass(Channel channel, Site site, Answers answers, Unanswered unanswered) {
        this.channel = channel;
        this.site = site;
        this.answers = answers;
        this.unanswered = unanswered;
    }

    @Override
    public void run() {
        long now = site.now();
        unanswered.tooOld(now).forEach(answers::givenUp);
        for (Send late : channel.sends().timedOut(now)) {
            answers.timedOut(late);
        }
        channel.forgetOldTickets(now);
        channel.pollDestinationChanges().forEach(change -> RelayLog.destination(channel.name(), change));
        site.wakeUps().send(channel);
        site.wakeUps().retry(channel);
        site.wakeTable(channel);
    }
}
