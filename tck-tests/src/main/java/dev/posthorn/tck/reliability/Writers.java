package dev.posthorn.tck.reliability;

import dev.posthorn.tck.ledger.Boundary;
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
import java.util.function.Function;

/**
 * They take the numbers of a key in short bursts that wander from node to node: the next one is written on another node as soon as the
 * one before has been committed.
 */
final class Writers implements AutoCloseable {

    private static final int COUNT = 6;
    private static final int LONGEST_BURST = 5;
    private static final int MOST_NUMBERS = 3;
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofMillis(200);

    private final Trial trial;
    private final Cluster cluster;
    private final Function<Random, Aim> aims;
    private final Duration pause;
    private final LedgerClient client = new LedgerClient();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final Map<Answer, AtomicInteger> answers = new EnumMap<>(Answer.class);
    private final AtomicInteger writes = new AtomicInteger();
    private final Latencies latencies = new Latencies();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    private Writers(Trial trial, Cluster cluster, Function<Random, Aim> aims, Duration pause) {
        this.trial = trial;
        this.cluster = cluster;
        this.aims = aims;
        this.pause = pause;
        for (Answer each : Answer.values()) {
            answers.put(each, new AtomicInteger());
        }
    }

    /**
     * @param aims where each burst goes
     * @param pause of each writer after each burst
     */
    static Writers start(Trial trial, Cluster cluster, Function<Random, Aim> aims, Duration pause, long seed) {
        Writers writers = new Writers(trial, cluster, aims, pause);
        for (int i = 0; i < COUNT; i++) {
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
        Aim aim = aims.apply(random);
        int node = random.nextInt(cluster.size());
        int length = 1 + random.nextInt(LONGEST_BURST);
        for (int i = 0; i < length && open; i++) {
            Ending ending = ending(random);
            Answer answer = write(random, aim, cluster.url(node + i), ending);
            if (answer == Answer.BUSY) {
                return;
            }
            if (answer != Answer.COMMITTED && ending == Ending.COMMIT) {
                LockSupport.parkNanos(PAUSE_AFTER_TROUBLE.toNanos());
            }
        }
    }

    private Answer write(Random random, Aim aim, URI node, Ending ending) {
        String write = trial.write(writes.incrementAndGet());
        long start = System.nanoTime();
        Answer answer = client.write(node, aim, write, 1 + random.nextInt(MOST_NUMBERS), ending, boundary(random));
        answers.get(answer).incrementAndGet();
        if (answer == Answer.COMMITTED) {
            latencies.add(start);
            confirmed.add(write);
        }
        return answer;
    }

    private static Ending ending(Random random) {
        return switch (random.nextInt(20)) {
            case 0, 1 -> Ending.EXCEPTION;
            case 2 -> Ending.DUPLICATE;
            case 3 -> late(Ending.DEFERRED_CONSTRAINT);
            case 4 -> late(Ending.SERIALIZATION_FAILURE);
            case 5 -> late(Ending.KILLED_CONNECTION);
            default -> Ending.COMMIT;
        };
    }

    private static Ending late(Ending ending) {
        return LateRefusals.arePossible() ? ending : Ending.DUPLICATE;
    }

    private static Boundary boundary(Random random) {
        Boundary[] all = Boundary.values();
        return all[random.nextInt(all.length)];
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
