package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.faults.FaultyEvents;
import dev.posthorn.tck.faults.FaultyHandlers;
import dev.posthorn.tck.faults.SecondResources;
import dev.posthorn.tck.faults.TwoSerializers;
import dev.posthorn.tck.faults.UnsynchronizedResources;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.ServerProcess;
import dev.posthorn.tck.shop.Resources;
import dev.posthorn.tck.shop.Shop;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An application whose events could not be stored or sent is not deployed, and the server says of every fault what to do about it.
 */
public class DeploymentErrorsIT {

    @Test
    public void allFaultsAreNamedAtOnceWithTheirRemedies() {
        TckArchive archive = TckArchive.named("faults")
                .withPosthorn()
                .with(FaultyEvents.class, FaultyHandlers.class)
                .events("posthorn")
                .property("posthorn.schema", "perhaps")
                .property("posthorn.no-transaction", "maybe")
                .property("posthorn.source", "not a URI")
                .property("posthorn.node.timeout", "soon")
                .property("posthorn.retnetion", "PT1H")
                .property("posthorn.event.twni.topic", "twins")
                .property("posthorn.table.inbox", "posthorn_outbox");

        requireRefused(
                archive,
                "Channel 'nowhere' has no connector",
                "mp.messaging.outgoing.nowhere.connector=",
                "Two classes are published as type 'twin'",
                "Give one of them another name: @IntegrationEvent(type = \"...\")",
                "@Produces @Outbox @PersistenceContext EntityManager em;",
                "Announcement has no effect: interfaces are not published. Annotate the classes or records that implement it",
                "KeyedTwice has more than one @Key",
                "Leave one of them",
                "KeyedByVoid.nothing() has no effect: it must be on a method",
                "POSTHORN-1042 dev.posthorn.tck.faults.FaultyEvents$Closed is published as {}",
                "POSTHORN-1204 The @Key ",
                "POSTHORN-5303 dev.posthorn.tck.faults.FaultyHandlers.frozen handles ",
                "POSTHORN-5303 dev.posthorn.tck.faults.FaultyHandlers.reopened handles ",
                "@JsonbTypeInfo({@JsonbSubtype(alias = \"reopened\", type = Reopened.class), ...})",
                "POSTHORN-5304 dev.posthorn.tck.faults.FaultyHandlers.vague handles ",
                "posthorn.schema=perhaps is not allowed. Set it to one of",
                "posthorn.no-transaction=maybe is not allowed. It must be one of [reject, new]",
                "posthorn.source=not a URI is not allowed. It must be a URI reference",
                "posthorn.node.timeout=soon is not allowed. It must be an ISO-8601 duration",
                "POSTHORN-6001 posthorn.retnetion is not a key",
                "posthorn.retention=PT1H",
                "POSTHORN-6002 posthorn.event.twni.topic has no effect",
                "posthorn.event.twin.topic=twins",
                "POSTHORN-6010 Events of dev.posthorn.tck.faults.FaultyEvents$SentToNoTopic can't be sent: Kafka can't have a topic 'bad topic!'",
                "POSTHORN-JPA-15: The name posthorn_outbox stands for several tables");
    }

    @Test
    public void whatCanOnlyBeThereOnceIsNotChosenAmongSeveral() {
        TckArchive archive = TckArchive.named("twice")
                .withPosthorn()
                .with(Resources.class, SecondResources.class, TwoSerializers.class)
                .events("posthorn");

        requireRefused(
                archive,
                "Several beans hand an @Outbox EntityManager over",
                "SecondResources",
                "Keep the one whose persistence unit has the business data",
                "There are 2 beans of dev.posthorn.spi.EventSerializer",
                "Leave one of them");
    }

    @Test
    @Tag("everywhere")
    public void tablesThatLackSomethingAreReportedWithTheStatementsToExecute() {
        TckArchive archive = TckArchive.named("tables")
                .withPosthorn()
                .withPackageOf(Shop.class)
                .events("posthorn", "orders");
        archive.database()
                .execute(
                        """
                        CREATE TABLE posthorn_outbox (lane bigint, owner bigint, seq bigint, key_hash bigint, id varchar(36),
                        application varchar(255), state smallint, channel varchar(255), topic varchar(255), event_key varchar(255),
                        ordered smallint, when_dead smallint, type varchar(255), source varchar(255), event_time varchar(40))""");
        archive.database().execute("CREATE TABLE posthorn_version (version integer)");
        archive.database().execute("INSERT INTO posthorn_version (version) VALUES (1)");

        requireRefused(
                archive,
                "The column payload of the table posthorn_outbox can't be read",
                "ALTER TABLE posthorn_outbox ADD COLUMN payload ",
                "The table posthorn_node can't be read",
                "posthorn.schema=create",
                "CREATE TABLE IF NOT EXISTS posthorn_node (");
    }

    /** The database is named, so that nothing fails before that is looked at. */
    @Test
    @Tag("everywhere")
    public void aPersistenceContextThatJoinsNoTransactionIsRefusedWithTheCure() {
        TckArchive archive = TckArchive.named("unsynchronized")
                .withPosthorn()
                .with(UnsynchronizedResources.class)
                .events("posthorn")
                .property("posthorn.schema", "create")
                .property("posthorn.database", TckSettings.database());

        requireRefused(
                archive,
                "POSTHORN-JPA-14: The @Outbox EntityManager does not join the server's transactions",
                "@PersistenceContext must not say SynchronizationType.UNSYNCHRONIZED");
    }

    /** What a newcomer writes whose other server has other connectors. */
    @Test
    @Tag("everywhere")
    public void aConnectorThatIsNotThereIsNamedWithThoseThatAre() {
        TckArchive archive = TckArchive.named("kafak")
                .withPosthorn()
                .withPackageOf(Shop.class)
                .events("posthorn", "orders")
                .property("posthorn.schema", "create")
                .property("mp.messaging.outgoing.posthorn.connector", "smallrye-kafak");

        requireRefused(
                archive,
                "POSTHORN-M58: Channel 'posthorn' uses the connector smallrye-kafak, and there is none of that name",
                "-kafka. Set mp.messaging.outgoing.posthorn.connector to one of them");
    }

    /** Every application at the root of its server is called so. */
    @Test
    @Tag("everywhere")
    public void anApplicationWithoutANameOfItsOwnIsRefused() {
        TckArchive archive = TckArchive.named("ROOT")
                .withPosthorn()
                .withPackageOf(Shop.class)
                .events("posthorn", "orders")
                .property("posthorn.schema", "create");

        requireRefused(archive, "POSTHORN-1013 The server calls this application 'ROOT'", "posthorn.application=shop");
    }

    private static void requireRefused(TckArchive archive, String... said) {
        try (ServerProcess server = ServerProcess.of("refused", archive.build())) {
            assertThrows(IllegalStateException.class, server::start, "The application is deployed");

            String log = server.log();
            assertAll(Stream.of(said).map(text -> (org.junit.jupiter.api.function.Executable)
                    () -> assertTrue(log.contains(text), () -> "The server does not say: " + text)));
        }
    }
}
