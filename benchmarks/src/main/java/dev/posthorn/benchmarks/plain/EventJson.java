package dev.posthorn.benchmarks.plain;

import dev.posthorn.benchmarks.load.OrderPlaced;
import java.nio.charset.StandardCharsets;

/** The event as any JSON library would write it. */
public final class EventJson {

    private EventJson() {}

    public static byte[] bytes(OrderPlaced order) {
        return text(order).getBytes(StandardCharsets.UTF_8);
    }

    public static String text(OrderPlaced order) {
        return "{\"cents\":" + order.cents() + ",\"currency\":\"" + order.currency() + "\",\"customer\":\""
                + order.customer() + "\",\"id\":" + order.id() + ",\"key\":\"" + order.key() + "\",\"note\":\""
                + order.note() + "\",\"placedAt\":\"" + order.placedAt() + "\",\"seq\":" + order.seq() + "}";
    }
}
