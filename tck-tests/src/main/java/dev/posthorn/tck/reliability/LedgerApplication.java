package dev.posthorn.tck.reliability;

import dev.posthorn.tck.app.TckApplication;
import dev.posthorn.tck.archive.ClassPathJars;
import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.effects.Effect;
import dev.posthorn.tck.effects.Followed;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.ledger.Ledger;
import dev.posthorn.tck.novelty.Novelty;
import dev.posthorn.tck.operations.OutboxResource;
import dev.posthorn.tck.server.ServerProcess;
import dev.posthorn.tck.shop.Resources;
import dev.posthorn.tck.shop.SessionBean;
import dev.posthorn.tck.shop.UserTransactions;
import dev.posthorn.tck.trouble.Trouble;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** The application that the nodes run, with a Posthorn that waits seconds where it would wait for minutes. */
final class LedgerApplication {

    static final String NAME = "ledger";
    static final String TOPIC = "ledger";
    static final String CHANNEL = "posthorn";
    static final String GROUP = NAME + ".war";

    static final String INCOMING = "arriving";

    private static final int PARTITIONS = 3;
    private static final String RETRIER = "dev.posthorn.runtime.FaultTolerantRetrier/send/";

    private static final Duration NODE_TIMEOUT = Duration.ofSeconds(6);

    /** Nobody has to wait longer than that for what a silent node has left. */
    static final Duration TAKE_OVER = NODE_TIMEOUT.multipliedBy(2);

    private static final Pattern NODE_ID = Pattern.compile("POSTHORN-(?:1001|3003) .* as node ([-0-9a-f]+)\\.");

    /** What a next release might change in the tables: an index that changes gets a new name, and the old one stays for this release. */
    private static final String NEXT_SCRIPT =
            """
            ALTER TABLE posthorn_outbox ADD COLUMN remark VARCHAR(40) DEFAULT 'none' NOT NULL;
            CREATE INDEX posthorn_outbox_state_and_age ON posthorn_outbox (lane, state, shelf_order, seq, created_at);
            ALTER TABLE posthorn_inbox ADD COLUMN remark VARCHAR(40);
            INSERT INTO posthorn_version (version) VALUES (2);
            """;

    private LedgerApplication() {}

    /** Under which the node has entered itself when it started, or when it went on after others had declared it dead. */
    static String nodeId(ServerProcess node) {
        return NODE_ID.matcher(node.log())
                .results()
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .group(1);
    }

    /** The same with a next release of Posthorn, which brings the tables to another version at its start. */
    static TckArchive withNextReleaseOn(Database database) {
        return on(database)
                .withFile(
                        "dev/posthorn/jpa/ddl/" + TckSettings.database() + "/V2__posthorn.sql",
                        NEXT_SCRIPT.getBytes(StandardCharsets.UTF_8));
    }

    /** One that fires events of which the others know nothing. */
    static TckArchive newVersionOn(Database database) {
        return on(database).withPackageOf(Novelty.class).events(Novelty.CHANNEL, Novelty.TOPIC);
    }

    static TckArchive on(Database database) {
        return on(database, ClassPathJars.posthorn());
    }

    /** @param posthorn the jars of another version of it */
    static TckArchive on(Database database, File... posthorn) {
        Fixtures.broker().topics().create(TOPIC, PARTITIONS);
        Fixtures.broker().topics().create(Followed.TOPIC, PARTITIONS);
        return TckArchive.named(NAME, database)
                .withLastingDataSource()
                .withLibraries(posthorn)
                .withPackageOf(Ledger.class)
                .withPackageOf(Effect.class)
                .withPackageOf(Trouble.class)
                .withPackageOf(OutboxResource.class)
                .with(TckApplication.class, Resources.class, SessionBean.class, UserTransactions.class)
                .events(CHANNEL, TOPIC, Followed.TOPIC)
                .incoming(INCOMING, TOPIC)
                .property(
                        "mp.messaging.outgoing." + CHANNEL + ".bootstrap.servers",
                        Fixtures.broker().proxiedBootstrapServers())
                .property(
                        "mp.messaging.incoming." + INCOMING + ".bootstrap.servers",
                        Fixtures.broker().proxiedBootstrapServers())
                .property("mp.messaging.incoming." + INCOMING + ".session.timeout.ms", "6000")
                .property("mp.messaging.incoming." + INCOMING + ".heartbeat.interval.ms", "1000")
                .property("mp.messaging.incoming." + INCOMING + ".auto.commit.interval.ms", "1000")
                .property("posthorn.inbox.channels", INCOMING)
                .property("posthorn.inbox.handling-timeout", "PT10S")
                .property("posthorn.inbox.retry.delay", "PT0.1S")
                .property("posthorn.inbox.retry.max-delay", "PT1S")
                // Whatever goes wrong here goes right in the end,
                .property("posthorn.inbox.retry.max-attempts", "1000")
                // except for what has no hope, and is made up for.
                .property("posthorn.event.Uncounted.inbox.transactions", "per-handler")
                .property("posthorn.event.Uncounted.inbox.retry.max-attempts", "5")
                .property("posthorn.inbox.retention", "PT30M")
                .property("posthorn.schema", "create")
                .property("posthorn.node.timeout", NODE_TIMEOUT.toString())
                .property("posthorn.send-timeout", "PT4S")
                .property("posthorn.pause.min", "PT0.2S")
                .property("posthorn.pause.max", "PT1S")
                .property("posthorn.retry.delay", "PT0.5S")
                .property("posthorn.retry.max-delay", "PT2S")
                .property("posthorn.sweep.interval", "PT2S")
                .property("posthorn.stop.timeout", "PT5S")
                // Small enough for outages to overflow to the table.
                .property("posthorn.memory.max-events", "100")
                // Whatever is delivered is cleaned up soon, so that the clean-up is part of the experiment.
                .property("posthorn.retention", "PT20S")
                .property("posthorn.clean.interval", "PT5S")
                .property(RETRIER + "Retry/maxRetries", "1")
                .property(RETRIER + "Retry/delay", "100")
                .property(RETRIER + "Retry/delayUnit", "MILLIS")
                .property(RETRIER + "Retry/jitter", "50")
                .property(RETRIER + "Timeout/value", "4");
    }
}
