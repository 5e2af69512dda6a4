package dev.posthorn.tck.reliability;

import dev.posthorn.tck.ledger.Ending;
import dev.posthorn.tck.reliability.LedgerClient.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * They take the numbers of a key in short bursts that wander from node to node: the next one is written on another node as soon as the
 * one before has been committed.
 */
final class Writers implements AutoCloseable {

    private static final int LONGEST_BURST = 5;
    private static final int MOST_NUMBERS = 3;
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofMillis(200);

    private final Trial trial;
    private final Cluster cluster;
    private final Duration pause;
    private final LedgerClient client = new LedgerClient();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final Map<Answer, AtomicInteger> answers = new EnumMap<>(Answer.class);
    private final AtomicInteger writes = new AtomicInteger();
    private final Latencies latencies = new Latencies();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    /** @param pause of each writer after each burst */
    private Writers(Trial trial, Cluster cluster, Duration pause) {
        this.trial = trial;
        this.cluster = cluster;
        this.pause = pause;
        for (Answer each : Answer.values()) {
            answers.put(each, new AtomicInteger());
        }
    }

    static Writers start(Trial trial, Cluster cluster, int count, Duration pause, long seed) {
        Writers writers = new Writers(trial, cluster, pause);
        for (int i = 0; i < count; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> writers.writeUntilClosed(random), "writer " + i);
            writers.threads.add(thread);
            thread.start();
        }
        return writers;
    }

    private void writeUntilClosed(Random random) {
        while (open) {
            burst(random);
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private void burst(Random random) {
        String key = trial.keys().get(random.nextInt(trial.keys().size()));
        int node = random.nextInt(cluster.size());
        int length = 1 + random.nextInt(LONGEST_BURST);
        for (int i = 0; i < length && open; i++) {
            Ending ending = ending(random);
            Answer answer = write(random, key, cluster.url(node + i), ending);
            if (answer == Answer.BUSY) {
                return;
            }
            if (answer != Answer.COMMITTED && ending == Ending.COMMIT) {
                LockSupport.parkNanos(PAUSE_AFTER_TROUBLE.toNanos());
            }
        }
    }

    private Answer write(Random random, String key, URI node, Ending ending) {
        String write = trial.write(writes.incrementAndGet());
        long start = System.nanoTime();
        Answer answer = client.write(node, key, write, 1 + random.nextInt(MOST_NUMBERS), ending);
        answers.get(answer).incrementAndGet();
        if (answer == Answer.COMMITTED) {
            latencies.add(start);
            confirmed.add(write);
        }
        return answer;
    }

    private static Ending ending(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> Ending.EXCEPTION;
            case 1 -> Ending.DUPLICATE;
            default -> Ending.COMMIT;
        };
    }

    /** The ids of what was confirmed. */
    Set<String> confirmed() {
        return confirmed;
    }

    /** Of what was confirmed, from the request to its answer. */
    Latencies latencies() {
        return latencies;
    }

    int answers(Answer answer) {
        return answers.get(answer).get();
    }

    /** Returns when all have stopped. */
    @Override
    public void close() {
        open = false;
        for (Thread each : threads) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while writers are leaving", e);
            }
        }
    }
}
