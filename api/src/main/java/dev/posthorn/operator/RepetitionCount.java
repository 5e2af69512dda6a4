package dev.posthorn.operator;

import dev.posthorn.log.Printable;
import java.util.Optional;

/**
 * How many messages of a channel this node has dropped since it was started, because the inbox knew them.
 *
 * @param last the last of them; {@link InboxOperator#inspect} tells when it was received first
 */
public record RepetitionCount(String channel, long count, Optional<ReceivedId> last) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
