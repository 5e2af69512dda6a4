package dev.posthorn.inbox;

import dev.posthorn.spi.Arrival;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The answer to one message: given once, however often its task runs. If it gets lost, the message is delivered again, and is known. */
final class Answer {

    private final String channel;
    private final Arrival arrival;
    private boolean given;

    Answer(String channel, Arrival arrival) {
        this.channel = channel;
        this.arrival = arrival;
    }

    void acknowledge() {
        give(arrival::acknowledge);
    }

    void refuse(Throwable why) {
        give(() -> arrival.refuse(why));
    }

    private void give(Supplier<CompletionStage<?>> answer) {
        if (given) {
            return;
        }
        given = true;
        try {
            answer.get().whenComplete((done, error) -> {
                if (error != null) {
                    InboxLog.notAnswered(channel, error);
                }
            });
        } catch (Throwable e) {
            InboxLog.notAnswered(channel, e);
        }
    }
}
