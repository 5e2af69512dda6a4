package dev.posthorn.benchmarks.gruelbox;

import dev.posthorn.benchmarks.load.Contender;
import dev.posthorn.benchmarks.plain.PlainServer;
import dev.posthorn.benchmarks.plain.Purchases;
import java.util.Map;

/** The process of transaction-outbox. */
public final class GruelboxServer {

    private GruelboxServer() {}

    public static void main(String[] arguments) throws Exception {
        PlainServer.start(arguments, resources -> {
            Purchases.createTable(resources);
            GruelboxOutbox outbox = new GruelboxOutbox(resources);
            return Map.of("gruelbox", new Contender(outbox, outbox));
        });
    }
}
