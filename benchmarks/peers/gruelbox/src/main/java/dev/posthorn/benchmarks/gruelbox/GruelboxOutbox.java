package dev.posthorn.benchmarks.gruelbox;

import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.Instantiator;
import com.gruelbox.transactionoutbox.Persistor;
import com.gruelbox.transactionoutbox.Submitter;
import com.gruelbox.transactionoutbox.ThreadLocalContextTransactionManager;
import com.gruelbox.transactionoutbox.TransactionManager;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import dev.posthorn.benchmarks.load.Business;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.load.Relay;
import dev.posthorn.benchmarks.plain.EventJson;
import dev.posthorn.benchmarks.plain.Pool;
import dev.posthorn.benchmarks.plain.Purchases;
import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.benchmarks.relay.RelayThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * As its documentation has it: the first attempt right after the commit, on a pool of threads; a flush in the background for what is
 * left. An attempt ends when Kafka has acknowledged, and the row is deleted then.
 */
final class GruelboxOutbox implements Business, Relay {

    private static final int WORKERS = 32;
    private static final int QUEUE = 131_072;
    private static final int FLUSH_BATCH = 4096;
    private static final long FLUSH_MILLIS = 2000;

    private final ThreadLocalContextTransactionManager transactions;
    private final TransactionOutbox outbox;
    private final Producer<String, String> producer;
    private final RelayThread flush = new RelayThread("flush", this::flush);
    private volatile boolean started;

    GruelboxOutbox(Resources resources) {
        producer = new KafkaProducer<>(resources.producerProperties(), new StringSerializer(), new StringSerializer());
        transactions = TransactionManager.fromDataSource(Pool.of(resources));
        KafkaTask task = this::send;
        Submitter workers = Submitter.withExecutor(
                new ThreadPoolExecutor(WORKERS, WORKERS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE)));
        outbox = TransactionOutbox.builder()
                .transactionManager(transactions)
                .persistor(Persistor.forDialect(Dialect.POSTGRESQL_9))
                .instantiator(Instantiator.using(type -> task))
                .submitter((entry, run) -> {
                    if (started) {
                        workers.submit(entry, run);
                    }
                })
                .flushBatchSize(FLUSH_BATCH)
                .attemptFrequency(Duration.ofMinutes(2))
                .build();
    }

    private void send(String key, String payload) throws Exception {
        producer.send(new ProducerRecord<>(OrderPlaced.TOPIC, key, payload)).get();
    }

    @Override
    public void place(List<OrderPlaced> orders) throws Exception {
        transactions.inTransactionThrows(transaction -> {
            Purchases.insert(transaction.connection(), orders.get(0));
            for (OrderPlaced order : orders) {
                outbox.schedule(KafkaTask.class).send(order.key(), EventJson.text(order));
            }
        });
    }

    private boolean flush() throws InterruptedException {
        boolean more = outbox.flush();
        if (!more) {
            Thread.sleep(FLUSH_MILLIS);
        }
        return more;
    }

    @Override
    public void start() {
        started = true;
        flush.start();
    }

    /** What is committed from now on waits in the table. */
    @Override
    public void stop() throws InterruptedException {
        started = false;
        flush.stop();
    }
}
