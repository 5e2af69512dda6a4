package dev.posthorn.inbox;

import dev.posthorn.operator.ReceivedId;
import dev.posthorn.operator.RepetitionCount;
import dev.posthorn.spi.InboxId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was dropped on one channel because the inbox knew it, so that a wrong drop can be found. */
final class Repetitions {

    private final String channel;
    private long count;
    private @Nullable InboxId last;

    Repetitions(String channel) {
        this.channel = channel;
    }

    void dropped(InboxId id) {
        InboxLog.known(channel, id);
        synchronized (this) {
            count++;
            last = id;
        }
    }

    synchronized RepetitionCount count() {
        return new RepetitionCount(
                channel, count, Optional.ofNullable(last).map(id -> new ReceivedId(id.source(), id.id())));
    }
}
