package dev.posthorn.benchmarks.debezium;

import com.zaxxer.hikari.HikariDataSource;
import dev.posthorn.benchmarks.load.Contender;
import dev.posthorn.benchmarks.plain.PlainServer;
import dev.posthorn.benchmarks.plain.Pool;
import dev.posthorn.benchmarks.plain.Purchases;
import java.util.Map;

/** The process of Debezium's embedded engine, and of the application whose log it reads. */
public final class DebeziumServer {

    private DebeziumServer() {}

    public static void main(String[] arguments) throws Exception {
        PlainServer.start(arguments, resources -> {
            Purchases.createTable(resources, OutboxTable.TABLE, Replication.PUBLICATION);
            HikariDataSource dataSource = Pool.of(resources);
            Replication.createSlot(dataSource);
            return Map.of("debezium", new Contender(new OutboxTable(dataSource), new OutboxEngine(resources)));
        });
    }
}
