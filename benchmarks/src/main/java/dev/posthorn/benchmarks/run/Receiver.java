package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.LoadRequest;
import dev.posthorn.benchmarks.load.OrderPlaced;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic for a whole session, and checks what comes. */
final class Receiver implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread = new Thread(this::pollUntilStopped, "consumer");
    private volatile Arrivals current = new Arrivals(LoadRequest.nothing(0));
    private volatile boolean stopped;
    private volatile int strays;

    Receiver(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false, "max.poll.records", 2000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(OrderPlaced.TOPIC).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on, events of this run are expected, and no others. */
    Arrivals expect(LoadRequest load) {
        current = new Arrivals(load);
        return current;
    }

    /** Events that came when their run was over. */
    int strays() {
        return strays;
    }

    private void pollUntilStopped() {
        try (consumer) {
            while (!stopped) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                long now = System.nanoTime();
                for (ConsumerRecord<String, byte[]> each : records) {
                    take(each.value(), now);
                }
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void take(byte[] json, long now) {
        long id = number(json, "\"id\":");
        Arrivals arrivals = current;
        if (arrivals.expects(id)) {
            arrivals.arrived(id, (int) number(json, "\"seq\":"), json.length, now);
        } else {
            strays++;
        }
    }

    /** Looks for the number alone: the consumer shares the machine with what is measured. */
    private static long number(byte[] json, String name) {
        for (int i = 0; i + name.length() < json.length; i++) {
            if (isAt(json, i, name)) {
                return numberAt(json, i + name.length());
            }
        }
        throw new IllegalArgumentException("No " + name + " in an event");
    }

    private static boolean isAt(byte[] json, int from, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (json[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static long numberAt(byte[] json, int from) {
        long number = 0;
        for (int i = from; json[i] >= '0' && json[i] <= '9'; i++) {
            number = number * 10 + json[i] - '0';
        }
        return number;
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
