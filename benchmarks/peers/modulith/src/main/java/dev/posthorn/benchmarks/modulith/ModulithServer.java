package dev.posthorn.benchmarks.modulith;

import dev.posthorn.benchmarks.load.Contender;
import dev.posthorn.benchmarks.plain.PlainServer;
import dev.posthorn.benchmarks.plain.Purchases;
import java.util.Map;

/** The process of Spring Modulith. */
public final class ModulithServer {

    private ModulithServer() {}

    public static void main(String[] arguments) throws Exception {
        PlainServer.start(arguments, resources -> {
            Purchases.createTable(resources);
            Publications publications = Publications.of(resources);
            return Map.of("modulith", new Contender(publications, publications));
        });
    }
}
