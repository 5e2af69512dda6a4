package dev.posthorn;

import dev.posthorn.log.Printable;
import org.jspecify.annotations.Nullable;

/** What a notification says about the event it speaks of. */
public record EventInfo(String id, String type, String source, String channel, String topic, @Nullable String key) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
