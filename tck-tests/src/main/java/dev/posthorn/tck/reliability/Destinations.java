package dev.posthorn.tck.reliability;

import dev.posthorn.tck.fixture.KafkaTopics;
import dev.posthorn.tck.reliability.LedgerClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Topics that the nodes can't write to for a while: one is missing until it is created, another one forbidden until it is allowed. */
final class Destinations {

    private static final String MARK = "-bad-";
    private static final int KEYS = 4;
    private static final int PARTITIONS = 2;

    /** As many at once get in the way of others that are read from the table. */
    private static final int BACKLOG_WRITES = 5;

    private static final int BACKLOG_EXTRAS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Trial trial;
    private final Cluster cluster;
    private final KafkaTopics topics;
    private final LedgerClient client = new LedgerClient();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger backlogs = new AtomicInteger();
    private final String forbidden;

    Destinations(Trial trial, Cluster cluster, KafkaTopics topics) {
        this.trial = trial;
        this.cluster = cluster;
        this.topics = topics;
        this.forbidden = prefix() + "forbidden";
    }

    /** With which all of these topics, and their keys, begin. */
    String prefix() {
        return trial.name() + MARK;
    }

    /** Whether the events of this key go to one of these topics. */
    static boolean isOf(String key) {
        return key.contains(MARK);
    }

    /** Events go to a topic that does not exist. It is another one each time. */
    String miss() {
        String missing = prefix() + "missing-" + all.size();
        open(missing);
        return missing;
    }

    void create(String missing) {
        untilDone(() -> topics.create(missing, PARTITIONS));
    }

    /** Events go to a topic that nobody may write to. */
    void forbid() {
        untilDone(() -> topics.create(forbidden, PARTITIONS));
        untilDone(() -> topics.forbid(forbidden));
        open(forbidden);
    }

    void allow() {
        untilDone(() -> topics.allow(forbidden));
    }

    /** Every node knows its counters from now on, and has many events for it at once. */
    private void open(String topic) {
        List<String> keys = Trial.keys(topic, KEYS);
        untilDone(() -> client.open(cluster.url(backlogs.get()), keys));
        if (!all.contains(topic)) {
            all.add(topic);
        }
        for (int i = 0; i < BACKLOG_WRITES; i++) {
            fill(new Aim(keys.get(i % KEYS), Optional.of(topic)));
        }
    }

    private void fill(Aim aim) {
        int number = backlogs.incrementAndGet();
        String write = trial.name() + "-backlog-" + number;
        if (client.fill(cluster.url(number), aim, write, BACKLOG_EXTRAS) == Answer.COMMITTED) {
            confirmed.add(write);
        }
    }

    /** Others may be at work on broker and nodes. */
    private static void untilDone(Runnable work) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                work.run();
                return;
            } catch (IllegalStateException e) {
                if (System.nanoTime() - until > 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** One of the latest topics, if there is any. */
    Optional<Aim> aim(Random random) {
        List<String> known = List.copyOf(all);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String topic = random.nextBoolean() && known.contains(forbidden) ? forbidden : known.get(known.size() - 1);
        List<String> keys = Trial.keys(topic, KEYS);
        return Optional.of(new Aim(keys.get(random.nextInt(KEYS)), Optional.of(topic)));
    }

    /** All topics that events went to. */
    List<String> all() {
        return all;
    }

    Set<String> confirmed() {
        return confirmed;
    }
}
