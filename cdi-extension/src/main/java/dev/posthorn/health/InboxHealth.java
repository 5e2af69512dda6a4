package dev.posthorn.health;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Whether events can still arrive at this node. A channel that its connector has ended takes a restart. */
public final class InboxHealth {

    private final Supplier<Map<String, String>> ended;

    /** @param ended why nothing more arrives on a channel, for those of which that is true */
    public InboxHealth(Supplier<Map<String, String>> ended) {
        this.ended = ended;
    }

    public Verdict channels() {
        Map<String, Object> data = new HashMap<>();
        ended.get().forEach((channel, why) -> data.put(channel + ".ended", why));
        return new Verdict(data.isEmpty(), data);
    }
}
