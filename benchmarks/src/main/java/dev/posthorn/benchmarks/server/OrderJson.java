package dev.posthorn.benchmarks.server;

import dev.posthorn.benchmarks.load.OrderPlaced;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.nio.charset.StandardCharsets;

/** The event as the server's JSON-B writes it, for those who do it themselves. */
@ApplicationScoped
public class OrderJson {

    private final Jsonb jsonb = JsonbBuilder.create();

    public String text(OrderPlaced order) {
        return jsonb.toJson(order);
    }

    public byte[] bytes(OrderPlaced order) {
        return text(order).getBytes(StandardCharsets.UTF_8);
    }
}
