package dev.posthorn.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingChecksTest {

    /** As where the server does not show connectors. */
    private static final Connectors UNSEEN = new Connectors(Set.of());

    private final ConfigLines kafka = ConfigLines.kafkaConsumer("orders");

    private final ConfigLines liberty = new ConfigLines()
            .incoming("orders", "connector", "liberty-kafka")
            .incoming("orders", "group.id", "shop")
            .incoming("orders", "auto.offset.reset", "earliest")
            .incoming("orders", "value.deserializer", KafkaConsumerChecks.BYTES);

    private final ConfigLines rabbit = new ConfigLines()
            .incoming("orders", "connector", "smallrye-rabbitmq")
            .incoming("orders", "max-outstanding-messages", "256");

    private final ConfigLines amqp = new ConfigLines()
            .incoming("orders", "connector", "smallrye-amqp")
            .incoming("orders", "cloud-events", "false");

    @Test
    void aConnectorThatIsNotHereIsNamedWithThoseThatAre() {
        ConfigLines misspelt = new ConfigLines().incoming("orders", "connector", "smallrye-kafak");

        List<String> problems = new IncomingChecks(
                        misspelt.config(), channel -> true, new Connectors(Set.of("smallrye-kafka")))
                .problems(Set.of("orders"));

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("POSTHORN-M58: "), problems.get(0));
        assertTrue(problems.get(0).contains("mp.messaging.incoming.orders.connector"), problems.get(0));
    }

    @Test
    void aCompleteChannelHasNoProblems() {
        for (ConfigLines complete : List.of(kafka, liberty, rabbit, amqp)) {
            assertEquals(List.of(), problems(complete));
            assertEquals(List.of(), warnings(complete));
        }
    }

    @Test
    void aChannelWithoutConnectorIsNamedWithTheLinesThatItNeeds() {
        String problem = only(new ConfigLines());

        assertTrue(problem.startsWith("POSTHORN-M20: Channel 'orders'"), problem);
        ConfigLines remedied = added(problem, new ConfigLines());
        assertEquals(List.of(), problems(remedied), "the lines are enough");
        assertEquals(List.of(), warnings(remedied));
    }

    @Test
    void aChannelWithoutPublisherIsToBeListed() {
        kafka.with("posthorn.inbox.channels", " stock.eu , ,");

        List<String> problems = new IncomingChecks(kafka.config(), channel -> false, UNSEEN).problems(Set.of("orders"));

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("POSTHORN-M21: Channel 'orders'"), problems.get(0));
        assertTrue(problems.get(0).endsWith("\n    posthorn.inbox.channels=stock.eu,orders"), problems.get(0));
    }

    @Test
    void everyProblemOfEveryChannelIsReportedAtOnce() {
        kafka.withoutIncoming("orders", "group.id").withoutIncoming("orders", "value.deserializer");

        List<String> problems =
                new IncomingChecks(kafka.config(), channel -> true, UNSEEN).problems(Set.of("orders", "stock"));

        assertEquals(3, problems.size(), problems::toString);
    }

    @Test
    void onlyDeserializersThatReadEverythingAreAccepted() {
        String json = "io.quarkus.kafka.client.serialization.JsonbDeserializer";
        assertRemedied("M22", kafka.withoutIncoming("orders", "value.deserializer"));
        assertRemedied("M22", kafka.incoming("orders", "value.deserializer", json));
        assertRemedied("M22", liberty.incoming("orders", "value.deserializer", json));
        assertRemedied("M23", kafka.incoming("orders", "key.deserializer", json));
        kafka.incoming("orders", "value.deserializer", KafkaConsumerChecks.STRINGS);
        kafka.incoming("orders", "key.deserializer", KafkaConsumerChecks.BYTES);
        assertEquals(List.of(), problems(kafka));
    }

    @Test
    void aGroupIsNeeded() {
        assertRemedied("M24", kafka.withoutIncoming("orders", "group.id"));
        assertRemedied("M24", liberty.withoutIncoming("orders", "group.id"));
    }

    @Test
    void aClientThatCommitsByItselfIsRefused() {
        assertRemedied("M25", kafka.incoming("orders", "enable.auto.commit", "true"));
        assertRemedied("M25", liberty.incoming("orders", "enable.auto.commit", "true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "ignore", "checkpoint"})
    void onlyTheStrategyThatWaitsForTheEarliestIsAccepted(String strategy) {
        assertRemedied("M26", kafka.incoming("orders", "commit-strategy", strategy));
        assertEquals(List.of(), problems(kafka.incoming("orders", "commit-strategy", "throttled")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"60000", "600000"})
    void aLimitOnHowLongAnAnswerTakesIsRefused(String limit) {
        assertRemedied("M27", kafka.incoming("orders", "throttled.unprocessed-record-max-age.ms", limit));
        assertRemedied("M27", kafka.withoutIncoming("orders", "throttled.unprocessed-record-max-age.ms"));
    }

    @Test
    void aConnectorThatReadsCloudEventsIsRefused() {
        assertRemedied("M28", kafka.withoutIncoming("orders", "cloud-events"));
        assertRemedied("M28", kafka.incoming("orders", "cloud-events", "true"));
        assertRemedied("M28", amqp.withoutIncoming("orders", "cloud-events"));
    }

    @Test
    void batchesAreRefused() {
        assertRemedied("M29", kafka.incoming("orders", "batch", "true"));
    }

    @Test
    void aConnectorThatReadsWithoutBoundIsRefused() {
        assertRemedied("M30", kafka.incoming("orders", "pause-if-no-requests", "false"));
    }

    @Test
    void aSharedChannelIsRefused() {
        assertRemedied("M31", kafka.incoming("orders", "broadcast", "true"));
        assertRemedied("M31", rabbit.incoming("orders", "broadcast", "true"));
    }

    @Test
    void aConnectorThatAcknowledgesByItselfIsRefused() {
        assertRemedied("M32", rabbit.incoming("orders", "auto-acknowledgement", "true"));
        assertRemedied("M32", amqp.incoming("orders", "auto-acknowledgement", "true"));
    }

    @Test
    void rabbitMqSendsNoMoreThanABoundedNumber() {
        assertRemedied("M33", rabbit.withoutIncoming("orders", "max-outstanding-messages"));
    }

    @Test
    void passingOverEarlierEventsIsWarnedOfUnlessItIsSaid() {
        kafka.withoutIncoming("orders", "auto.offset.reset");
        assertEquals(List.of(), problems(kafka));
        List<String> warnings = warnings(kafka);
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).startsWith("POSTHORN-M34: Channel 'orders'"), warnings.get(0));

        assertEquals(List.of(), warnings(kafka.incoming("orders", "auto.offset.reset", "latest")));
        assertEquals(
                1,
                warnings(liberty.withoutIncoming("orders", "auto.offset.reset")).size());
    }

    @Test
    void attributesMayBeThoseOfTheConnector() {
        kafka.withoutIncoming("orders", "group.id").withoutIncoming("orders", "cloud-events");
        kafka.with("mp.messaging.connector.smallrye-kafka.group.id", "shop")
                .with("mp.messaging.connector.smallrye-kafka.cloud-events", "false");

        assertEquals(List.of(), problems(kafka));
    }

    @Test
    void aConnectorThatNothingIsKnownOfIsAllowedWithAWarning() {
        ConfigLines other = new ConfigLines().incoming("orders", "connector", "smallrye-in-memory");

        assertEquals(List.of(), problems(other));
        List<String> warnings = warnings(other);
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).startsWith("POSTHORN-M35: Channel 'orders'"), warnings.get(0));
    }

    @Test
    void channelsAreListedWithCommas() {
        ConfigLines lines = new ConfigLines();
        assertEquals(Set.of(), IncomingChannel.listed(lines.config()));

        lines.with("posthorn.inbox.channels", " orders , ,stock.eu");
        assertEquals(Set.of("orders", "stock.eu"), IncomingChannel.listed(lines.config()));
    }

    /** The problem is the only one, and its remedy, pasted, is all it takes. */
    private static void assertRemedied(String id, ConfigLines lines) {
        String problem = only(lines);
        assertTrue(problem.startsWith("POSTHORN-" + id + ": Channel 'orders'"), problem);
        assertEquals(List.of(), problems(added(problem, lines)), problem);
    }

    private static ConfigLines added(String problem, ConfigLines lines) {
        problem.lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .forEach(line -> {
                    String[] parts = line.split("=", 2);
                    lines.with(parts[0], parts[1]);
                });
        return lines;
    }

    private static String only(ConfigLines lines) {
        List<String> problems = problems(lines);
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0);
    }

    private static List<String> problems(ConfigLines lines) {
        return new IncomingChecks(lines.config(), channel -> true, UNSEEN).problems(Set.of("orders"));
    }

    private static List<String> warnings(ConfigLines lines) {
        return new IncomingChecks(lines.config(), channel -> true, UNSEEN).warnings(Set.of("orders"));
    }
}
