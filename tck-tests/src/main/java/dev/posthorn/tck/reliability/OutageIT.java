package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.app.TckApplication;
import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.ledger.Ledger;
import dev.posthorn.tck.novelty.Novelty;
import dev.posthorn.tck.shop.Resources;
import dev.posthorn.tck.shop.SessionBean;
import dev.posthorn.tck.shop.UserTransactions;
import dev.posthorn.tck.vitals.HeapResource;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A broker is away for as long as {@code outage.duration} says, while transactions with events go on: two channels wait for it, a third
 * one has another broker. Posthorn is not configured at all.
 */
@Tag("cluster")
@EnabledIfSystemProperty(named = "outage.duration", matches = ".+")
public class OutageIT {

    private static final int NODES = 2;
    private static final String NAME = "outage";
    private static final String RECENTS = "recents";
    private static final Duration PAUSE_OF_WRITERS = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofSeconds(5);
    private static final int CAUGHT_UP = 50;
    private static final long SEED = 1;

    private final Duration outage = Duration.parse(System.getProperty("outage.duration"));
    private final Duration before = outage.dividedBy(12);
    private final Duration patience = outage.plusMinutes(5);

    private final KafkaBroker broker = Fixtures.broker();
    private final LedgerTable tables = new LedgerTable(NAME);

    @Test
    void outageOfTheBrokerCostsNothingButTime() {
        try (KafkaBroker otherBroker = new KafkaBroker()) {
            otherBroker.start();
            otherBroker.topics().create(Novelty.TOPIC, 1);
            try (Cluster cluster = Cluster.start(NAME, archive(otherBroker), NODES);
                    Experiment experiment = Experiment.withoutReceivers(cluster, tables, PAUSE_OF_WRITERS, SEED);
                    Trickle trickle = new Trickle(
                            cluster,
                            experiment.trial().name(),
                            otherBroker.bootstrapServers(),
                            broker.bootstrapServers())) {
                run(experiment, trickle, new Heaps(cluster));
            }
        } finally {
            broker.start();
        }
    }

    private void run(Experiment experiment, Trickle trickle, Heaps heaps) {
        String keys = experiment.trial().name();
        // Servers that have just started are slow.
        LockSupport.parkNanos(before.toNanos());
        long start = System.nanoTime();
        LockSupport.parkNanos(before.toNanos());
        print("heap without garbage before: %d MB", heaps.live());

        Incidents.Incident away = experiment.incidents().begin(Fault.LONE_OUTAGE);
        broker.kill();
        long death = System.nanoTime();
        watch(heaps, death + outage.toNanos());
        print("heap without garbage in the end: %d MB; at most in use: %d MB", heaps.live(), heaps.peak());
        print("events that wait: %d", tables.countUnfinished(keys));
        long end = System.nanoTime();
        broker.start();
        away.close();

        long restart = System.nanoTime();
        Awaitility.await("all that has waited")
                .atMost(patience)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> tables.countUnfinished(keys) < CAUGHT_UP);
        long caughtUp = System.nanoTime();
        print(
                "caught up %d s after the broker's return",
                Duration.ofNanos(caughtUp - restart).toSeconds());
        trickle.stop();
        experiment.endOfLoad();
        experiment.drain(patience);
        Verdict verdict = experiment.verdict();

        print("transactions before: %s", experiment.latencies().between(start, death));
        for (int part = 0; part < 6; part++) {
            long from = death + (end - death) / 6 * part;
            print(
                    "transactions in part %d of 6: %s",
                    part + 1, experiment.latencies().between(from, from + (end - death) / 6));
        }
        print("transactions during: %s", experiment.latencies().between(death, end));
        print("transactions while it catches up: %s", experiment.latencies().between(end, caughtUp));
        print("the other broker's events before: %s", trickle.latencies().between(start, death));
        print("the other broker's events during: %s", trickle.latencies().between(death, end));
        print("%s; %s; most attempts %d", experiment.load(), verdict, tables.mostAttempts(keys));

        assertTrue(verdict.isClean(), verdict::toString);
        assertEquals(0, tables.mostAttempts(keys), "attempts that were counted");
        var all = LongStream.rangeClosed(1, trickle.count()).boxed().toList();
        assertEquals(all, trickle.own());
        Awaitility.await().atMost(patience).untilAsserted(() -> assertEquals(all, trickle.shared()));
    }

    private static void watch(Heaps heaps, long until) {
        while (until - System.nanoTime() > 0) {
            LockSupport.parkNanos(Math.min(GLANCE.toNanos(), until - System.nanoTime()));
            heaps.look();
        }
    }

    private TckArchive archive(KafkaBroker otherBroker) {
        broker.topics().create(LedgerApplication.TOPIC, 3);
        return TckArchive.named(NAME, Database.proxied(NAME))
                .withPosthorn()
                .withPackageOf(Ledger.class)
                .withPackageOf(Novelty.class)
                .with(
                        TckApplication.class,
                        Resources.class,
                        HeapResource.class,
                        SessionBean.class,
                        UserTransactions.class)
                .events(LedgerApplication.CHANNEL, LedgerApplication.TOPIC)
                .events(RECENTS, Novelty.TOPIC)
                .property("posthorn.event.Recent.channel", RECENTS)
                .events(Novelty.CHANNEL, Novelty.TOPIC)
                .property(
                        "mp.messaging.outgoing." + Novelty.CHANNEL + ".bootstrap.servers",
                        otherBroker.bootstrapServers())
                .property("posthorn.schema", "create");
    }

    private static void print(String format, Object... values) {
        System.out.println("OUTAGE " + format.formatted(values));
    }
}
