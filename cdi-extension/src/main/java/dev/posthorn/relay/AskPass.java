package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Question;
import dev.posthorn.channel.Questions;

/** Asks whose turn it is while others are sent: of a backlog, half of the time would be spent with waiting for answers. */
final class AskPass implements Runnable {

    private final Channel channel;
    private final Questions questions;
    private final Site site;

    AskPass(Channel channel, Site site) {
        this.channel = channel;
        this.questions = channel.questions();
        this.site = site;
    }

    @Override
    public void run() {
        while (site.mayAct()) {
            Question question = questions.next(site.now());
            if (question == null || !ask(question)) {
                return;
            }
            site.wakeUps().send(channel);
            if (!question.isFull()) {
                return;
            }
        }
    }

    /** @return whether there is an answer */
    boolean ask(Question question) {
        boolean answered = site.ask(
                "tell whose turn it is",
                () -> questions.answered(
                        question, site.store().turns(site.node(), question.ids(), question.delivered()), site.now()),
                () -> questions.unanswered(question));
        if (answered) {
            site.wakeTable(channel);
        }
        return answered;
    }
}
