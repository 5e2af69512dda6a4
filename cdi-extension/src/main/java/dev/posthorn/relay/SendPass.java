package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Question;
import dev.posthorn.channel.Questions;
import dev.posthorn.channel.Send;
import dev.posthorn.channel.Sends;
import dev.posthorn.relay.Unanswered.Awaited;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Hands to the transport what may be sent now, and asks whose turn it is. */
final class SendPass implements Runnable {

    private final Channel channel;
    private final Sends sends;
    private final Questions questions;
    private final Site site;
    private final Answers answers;
    private final AskPass asking;

    SendPass(Channel channel, Site site, Answers answers, AskPass asking) {
        this.channel = channel;
        this.sends = channel.sends();
        this.questions = channel.questions();
        this.site = site;
        this.answers = answers;
        this.asking = asking;
    }

    @Override
    public void run() {
        boolean moreWillCome = false;
        while (site.mayAct()) {
            Send send = sends.next(site.now());
            if (send != null) {
                hand(send);
                continue;
            }
            if (moreWillCome) {
                site.wakeUps().gather();
            }
            Question question = questions.next(site.now());
            if (question == null) {
                askLater();
                return;
            }
            if (!asking.ask(question)) {
                // The pulse tries again: a database that is away is not to be pestered.
                return;
            }
            moreWillCome = question.isOneOfMany();
            if (question.isFull()) {
                site.wakeUps().ask(channel);
            }
        }
    }

    /** Where another node's event is in the way, the pulse would be slow. */
    private void askLater() {
        long next = questions.untilNext(site.now());
        if (next > 0) {
            site.wakeUps().sendWithin(channel, Duration.ofNanos(next));
        }
    }

    private void hand(Send send) {
        try {
            Awaited former = answers.awaited(send);
            if (former != null) {
                sends.sharesAnswer(send, former.send());
            }
            CompletionStage<?> answer =
                    former == null ? site.ports().transport().send(send.event()) : former.answer();
            answer.whenComplete((done, error) -> answers.answered(send, error));
        } catch (Throwable e) {
            // Whatever a transport throws, or if it answers with null: the event has not been sent.
            answers.answered(send, e);
        }
    }
}
