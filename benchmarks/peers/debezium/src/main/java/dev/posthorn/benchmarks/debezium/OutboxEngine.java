package dev.posthorn.benchmarks.debezium;

import dev.posthorn.benchmarks.load.Relay;
import dev.posthorn.benchmarks.plain.Resources;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.source.SourceRecord;

/** The engine, which reads the log through the outbox event router. */
final class OutboxEngine implements Relay {

    private static final int PATIENCE_SECONDS = 60;

    private final Properties properties;
    private final ToKafka toKafka;
    private DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private Thread thread = new Thread();

    OutboxEngine(Resources resources) throws IOException {
        properties = properties(resources);
        toKafka = new ToKafka(
                new KafkaProducer<>(resources.producerProperties(), new StringSerializer(), new StringSerializer()));
    }

    private static Properties properties(Resources resources) throws IOException {
        URI database = URI.create(resources.jdbcUrl().substring("jdbc:".length()));
        Path offsets = Files.createTempDirectory("debezium").resolve("offsets");
        Properties properties = new Properties();
        properties.setProperty("name", "outbox");
        properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.setProperty("offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
        properties.setProperty("offset.storage.file.filename", offsets.toString());
        properties.setProperty("offset.flush.interval.ms", "1000");
        properties.setProperty("database.hostname", database.getHost());
        properties.setProperty("database.port", Integer.toString(database.getPort()));
        properties.setProperty("database.dbname", database.getPath().substring(1));
        properties.setProperty("database.user", resources.user());
        properties.setProperty("database.password", resources.password());
        properties.setProperty("topic.prefix", "outbox");
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", Replication.SLOT);
        properties.setProperty("publication.name", Replication.PUBLICATION_NAME);
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("table.include.list", "public.outbox");
        properties.setProperty("snapshot.mode", "no_data");
        properties.setProperty("tombstones.on.delete", "false");
        properties.setProperty("skipped.operations", "u,d,t");
        properties.setProperty("poll.interval.ms", "5");
        properties.setProperty("max.batch.size", "2048");
        properties.setProperty("max.queue.size", "8192");
        properties.setProperty("transforms", "outbox");
        properties.setProperty("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
        properties.setProperty("transforms.outbox.route.topic.replacement", "${routedByValue}");
        return properties;
    }

    @Override
    public void start() throws InterruptedException {
        if (thread.isAlive()) {
            return;
        }
        CountDownLatch started = new CountDownLatch(1);
        engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(properties)
                .using(new DebeziumEngine.ConnectorCallback() {
                    @Override
                    public void taskStarted() {
                        started.countDown();
                    }
                })
                .notifying(toKafka)
                .build();
        thread = new Thread(engine, "engine");
        thread.setDaemon(true);
        thread.start();
        if (!started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The engine has not started; see the log");
        }
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        if (thread.isAlive()) {
            engine.close();
            thread.join();
        }
    }
}
