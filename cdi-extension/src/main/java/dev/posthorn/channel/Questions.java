package dev.posthorn.channel;

import dev.posthorn.spi.Turn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a channel has to ask the store before more can be sent. Guarded by the channel's monitor. */
public final class Questions {

    private final Channel channel;
    private final Stance stance;
    private final BrokerWatch broker;
    private final Lanes lanes;
    private final Turns turns;
    private final Shelves shelves;

    Questions(Channel channel) {
        this.channel = channel;
        this.stance = channel.stance;
        this.broker = channel.broker;
        this.lanes = channel.lanes;
        this.turns = channel.turns;
        this.shelves = channel.shelves;
    }

    public @Nullable Question next(long now) {
        synchronized (channel) {
            return stance.mayBegin() ? turns.next(now) : null;
        }
    }

    public void answered(Question question, Map<Long, Turn> answer, long now) {
        synchronized (channel) {
            shelves.add(turns.answered(question, answer, now), now);
        }
    }

    /** The store did not answer. */
    public void unanswered(Question question) {
        synchronized (channel) {
            turns.failed(question);
        }
    }

    /** How long until the store is to be asked again, in nanoseconds; 0 if there is nothing to ask. */
    public long untilNext(long now) {
        synchronized (channel) {
            return broker.isPaused() || stance.isSuspended() ? 0 : lanes.untilNextAsking(now);
        }
    }
}
