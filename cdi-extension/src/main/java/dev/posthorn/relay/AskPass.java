package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Question;
import dev.posthorn.channel.Questions;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Turn.Kind;
import java.util.HashMap;
import java.util.Map;

/** Asks whose turn it is while others are sent: of a backlog, half of the time would be spent with waiting for answers. */
final class AskPass implements Runnable {

    private final Channel channel;
    private final Questions questions;
    private final Site site;
    private final Unanswered unanswered;

    AskPass(Channel channel, Site site, Unanswered unanswered) {
        this.channel = channel;
        this.questions = channel.questions();
        this.site = site;
        this.unanswered = unanswered;
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
                () -> questions.answered(question, turns(question), site.now()),
                () -> questions.unanswered(question));
        if (answered) {
            site.wakeTable(channel);
        }
        return answered;
    }

    private Map<Long, Turn> turns(Question question) {
        Map<Long, Turn> turns =
                site.store().turns(site.node(), channel.name(), question.numbers(), question.delivered());
        if (unanswered.isEmpty()) {
            return turns;
        }
        Map<Long, Turn> patient = new HashMap<>(turns);
        patient.replaceAll((seq, turn) -> isToStay(seq, turn) ? new Turn(turn.ahead(), Kind.AFTER_FOREIGN) : turn);
        return patient;
    }

    /** What the transport still has is not put away: it asks again, as if another node were about to deliver what is in its way. */
    private boolean isToStay(Long seq, Turn turn) {
        boolean isToBePutAway = turn.kind() == Kind.AFTER_WAITING || turn.kind() == Kind.AFTER_PARKED;
        return isToBePutAway && unanswered.of(seq, site.now()) != null;
    }
}
