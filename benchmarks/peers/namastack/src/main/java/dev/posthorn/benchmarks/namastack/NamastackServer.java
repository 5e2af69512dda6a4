package dev.posthorn.benchmarks.namastack;

import dev.posthorn.benchmarks.load.Contender;
import dev.posthorn.benchmarks.plain.PlainServer;
import dev.posthorn.benchmarks.plain.Purchases;
import java.util.Map;

/** The process of namastack-outbox. */
public final class NamastackServer {

    private NamastackServer() {}

    public static void main(String[] arguments) throws Exception {
        PlainServer.start(arguments, resources -> {
            Purchases.createTable(resources);
            Records records = Records.of(resources);
            return Map.of("namastack", new Contender(records, records));
        });
    }
}
