package dev.posthorn.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentChecksTest {

    /** As where the server does not show connectors. */
    private static final Connectors UNSEEN = new Connectors(Set.of());

    private final ConfigLines kafka = ConfigLines.kafka("orders");

    private final ConfigLines liberty = new ConfigLines()
            .with("orders", "connector", "liberty-kafka")
            .with("orders", "value.serializer", KafkaChecks.BYTES);

    private final ConfigLines rabbit = new ConfigLines()
            .with("orders", "connector", "posthorn-rabbitmq")
            .with("orders", "exchange.name", "events");

    @Test
    void aCompleteChannelHasNoProblems() {
        assertEquals(List.of(), problems(kafka));
        assertEquals(List.of(), problems(liberty));
        assertEquals(List.of(), problems(rabbit));
    }

    @Test
    void aChannelWithoutConnectorIsNamedWithTheLinesThatItNeeds() {
        String problem = only(new ConfigLines());

        assertTrue(problem.contains("'orders'"), problem);
        assertTrue(problem.contains("\n    mp.messaging.outgoing.orders.connector=smallrye-kafka"), problem);
        assertEquals(List.of(), problems(added(problem, new ConfigLines())), "the lines are enough");
    }

    @Test
    void aConnectorThatIsNotHereIsNamedWithThoseThatAre() {
        ConfigLines misspelt = new ConfigLines().with("orders", "connector", "smallrye-kafak");
        Connectors here = new Connectors(new TreeSet<>(Set.of("smallrye-kafka", "smallrye-amqp")));
        DeploymentChecks checks = new DeploymentChecks(misspelt.config(), channel -> true, here);

        List<String> problems = checks.problems(Set.of("orders"));
        assertEquals(1, problems.size(), problems::toString);
        String problem = problems.get(0);
        assertTrue(problem.startsWith("POSTHORN-M58: Channel 'orders' uses the connector smallrye-kafak, "), problem);
        assertTrue(
                problem.contains(": smallrye-amqp, smallrye-kafka. Set mp.messaging.outgoing.orders.connector"),
                problem);
        assertEquals(List.of(), checks.warnings(Set.of("orders")), "there is nothing else to say of it");
        assertEquals(List.of(), new DeploymentChecks(kafka.config(), channel -> true, here).problems(Set.of("orders")));
    }

    @Test
    void ofAKafkaConnectorThatIsNotHereItIsSaidWhereToGetIt() {
        Connectors liberty = new Connectors(Set.of("liberty-kafka"));
        String problem = new DeploymentChecks(kafka.config(), channel -> true, liberty)
                .problems(Set.of("orders"))
                .get(0);
        assertTrue(problem.startsWith("POSTHORN-M57: "), problem);
        assertTrue(problem.contains("io.smallrye.reactive:smallrye-reactive-messaging-kafka:4.33.0"), problem);
        assertTrue(problem.contains("layer microprofile-reactive-messaging-kafka"), problem);
        assertTrue(problem.contains("mp.messaging.outgoing.orders.connector=liberty-kafka"), problem);

        Connectors smallRye = new Connectors(Set.of("smallrye-kafka"));
        String other = new DeploymentChecks(this.liberty.config(), channel -> true, smallRye)
                .problems(Set.of("orders"))
                .get(0);
        assertTrue(other.startsWith("POSTHORN-M57: "), other);
        assertTrue(other.contains("feature mpReactiveMessaging-3.0"), other);
        assertTrue(other.contains("mp.messaging.outgoing.orders.connector=smallrye-kafka"), other);
    }

    @Test
    void allChannelsWithoutEmitterAreListedInOneLine() {
        ConfigLines lines = ConfigLines.kafka("orders").with("posthorn.channels", "audit, billing");
        ConfigLines.kafka("stock.eu").lines().forEach(lines::with);

        List<String> problems =
                new DeploymentChecks(lines.config(), channel -> false, UNSEEN).problems(Set.of("stock.eu", "orders"));

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).endsWith("\n    posthorn.channels=audit,billing,orders,stock.eu"), problems.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bad topic!", "a/b", "ä", ".", "..", "a\nb"})
    void kafkaHasNoTopicsOfSuchNames(String topic) {
        for (ConnectorSupport support : List.of(new SmallRyeKafkaSupport(), new LibertyKafkaSupport())) {
            assertTrue(support.topicProblem(topic).isPresent(), topic);
            assertTrue(support.topicProblem("a".repeat(250)).isPresent());
        }
        assertTrue(new RabbitMqSupport().topicProblem("a/b").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "orders.eu_1-2", "...", "a"})
    void kafkaHasTopicsOfSuchNames(String topic) {
        assertTrue(new SmallRyeKafkaSupport().topicProblem(topic).isEmpty());
        assertTrue(new SmallRyeKafkaSupport().topicProblem("a".repeat(249)).isEmpty());
    }

    /** It is reported with all others; here it would end the deployment without a word of the key. */
    @Test
    void aWrongSendTimeoutIsNotThrownWhileEmittersAreMade() {
        OutgoingChannel channel = OutgoingChannel.of(
                        "orders", kafka.with("posthorn.send-timeout", "soon").config())
                .orElseThrow();

        assertEquals(java.time.Duration.ofSeconds(10), channel.sendTimeout());
    }

    @Test
    void everyProblemOfEveryChannelIsReportedAtOnce() {
        ConfigLines lines = kafka.with("orders", "acks", "0").with("orders", "value.serializer", "x.Y");

        List<String> problems =
                new DeploymentChecks(lines.config(), channel -> true, UNSEEN).problems(Set.of("orders", "stock"));

        assertEquals(3, problems.size(), problems::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void acknowledgementsOfFewerThanAllReplicasAreRefused(String acks) {
        assertRemedied("M07", kafka.with("orders", "acks", acks));
        assertRemedied("M07", liberty.with("orders", "acks", acks));
    }

    @Test
    void smallRyesDefaultOfOneAcknowledgementIsRefused() {
        assertRemedied("M07", kafka.without("orders", "acks"));
    }

    @Test
    void minusOneMeansAllReplicas() {
        assertEquals(List.of(), problems(kafka.with("orders", "acks", "-1")));
    }

    @Test
    void valuesAreBytes() {
        assertRemedied("M05", kafka.without("orders", "value.serializer"));
        assertRemedied("M05", liberty.with("orders", "value.serializer", KafkaChecks.STRINGS));
    }

    @Test
    void keysAreText() {
        assertRemedied("M06", kafka.with("orders", "key.serializer", KafkaChecks.BYTES));
        assertEquals(List.of(), problems(kafka.with("orders", "key.serializer", KafkaChecks.STRINGS)));
    }

    @Test
    void aConnectorThatDoesNotWaitIsRefused() {
        assertRemedied("M08", kafka.with("orders", "waitForWriteCompletion", "false"));
        assertEquals(List.of(), problems(kafka.with("orders", "waitForWriteCompletion", "true")));
    }

    @Test
    void aConnectorThatWritesItsOwnCloudEventsIsRefused() {
        kafka.with("orders", "cloud-events-type", "t");
        assertEquals(List.of(), problems(kafka), "one of the two has no effect");

        assertRemedied("M09", kafka.with("orders", "cloud-events-source", "s"));
    }

    @Test
    void aMergedChannelIsRefused() {
        assertRemedied("M03", kafka.with("orders", "merge", "true"));
        assertRemedied("M03", rabbit.with("orders", "merge", "true"));
    }

    @Test
    void libertysTopicOfTheChannelIsRefused() {
        String problem = only(liberty.with("orders", "topic", "all"));

        assertTrue(problem.contains("Remove mp.messaging.outgoing.orders.topic"), problem);
        assertEquals(List.of(), problems(kafka.with("orders", "topic", "all")), "smallrye-kafka prefers the event's");
    }

    @Test
    void smallRyesConnectorToRabbitMqIsRefusedForItConfirmsWhatIsLost() {
        assertRemedied(
                "M43",
                new ConfigLines()
                        .with("orders", "connector", "smallrye-rabbitmq")
                        .with("orders", "exchange.name", "events")
                        .with("orders", "publish-confirms", "true"));
    }

    @Test
    void whatHasNoEffectOnRabbitMqIsRefused() {
        assertNamed("M44", "mp.messaging.outgoing.orders.default-ttl", rabbit.with("orders", "default-ttl", "1000"));
        rabbit.without("orders", "default-ttl").with("mp.messaging.connector.posthorn-rabbitmq.hots", "broker");
        assertNamed("M44", "mp.messaging.connector.posthorn-rabbitmq.hots", rabbit);
    }

    @Test
    void wrongValuesForRabbitMqAreRefused() {
        for (String[] wrong : new String[][] {
            {"port", "amqp"},
            {"port", "0"},
            {"ssl", "yes"},
            {"mandatory", "no"},
            {"publish-confirms", "false"},
            {"addresses", "a:b:c"},
            {"connection-timeout", "5s"},
            {"requested-heartbeat", "0"},
            {"max-inflight-messages", "-1"},
            {"trust-store-path", "/nowhere"}
        }) {
            assertNamed("M45", "mp.messaging.outgoing.orders." + wrong[0], rabbit.with("orders", wrong[0], wrong[1]));
            rabbit.without("orders", wrong[0]);
        }
        assertNamed("M45", "mp.messaging.outgoing.orders.port", rabbit.with("rabbitmq-port", "amqp"));
    }

    /** The engine asks for the number before it asks for problems, and a number that is none must not be what stops it. */
    @Test
    void aWrongNumberForRabbitMqIsLeftToTheChecks() {
        rabbit.with("orders", "max-inflight-messages", "many");
        OutgoingChannel channel = OutgoingChannel.of("orders", rabbit.config()).orElseThrow();
        assertEquals(1000, new RabbitMqSupport().mostUnderWay(channel));
    }

    @Test
    void everyAttributeOfRabbitMqMayBeSet() {
        rabbit.with("orders", "addresses", "one:5672, two").with("orders", "publish-confirms", "true");
        for (RabbitMqAttribute attribute : RabbitMqAttribute.values()) {
            OutgoingChannel channel =
                    OutgoingChannel.of("orders", rabbit.config()).orElseThrow();
            if (!attribute.of(channel).isEmpty()) {
                rabbit.with("orders", attribute.attribute(), attribute.of(channel));
            }
        }
        assertEquals(List.of(), problems(rabbit));
        assertEquals(List.of(), warnings(rabbit));
    }

    /** A variable's name does not say where the channel's ends: SmallRye Config shows it as keys of several channels. */
    @Test
    void variablesOfTheEnvironmentAreNotTakenForUnknownAttributes() {
        OutgoingChannel channel = OutgoingChannel.of(
                        "orders", rabbit.with("orders", "eu.host", "broker").config())
                .orElseThrow();

        assertEquals(1, RabbitMqChecks.problems(channel, Map.of()).size());
        assertEquals(
                List.of(), RabbitMqChecks.problems(channel, Map.of("MP_MESSAGING_OUTGOING_ORDERS_EU_HOST", "broker")));
    }

    @Test
    void attributesMayBeThoseOfTheConnector() {
        kafka.without("orders", "acks").without("orders", "value.serializer");
        kafka.with("mp.messaging.connector.smallrye-kafka.acks", "all")
                .with("mp.messaging.connector.smallrye-kafka.value.serializer", KafkaChecks.BYTES);
        assertEquals(List.of(), problems(kafka));

        assertRemedied("M07", kafka.with("mp.messaging.connector.smallrye-kafka.acks", "1"));
    }

    @Test
    void theChannelsAttributeComesBeforeTheConnectors() {
        kafka.with("mp.messaging.connector.smallrye-kafka.acks", "1");

        assertEquals(List.of(), problems(kafka));
    }

    @Test
    void aConnectorThatGetsThePayloadAloneIsAllowedWithAWarning() {
        ConfigLines other = new ConfigLines().with("orders", "connector", "smallrye-in-memory");

        assertEquals(List.of(), problems(other));
        assertEquals(1, warnings(other).size());
        assertEquals(List.of(), warnings(kafka.with("orders", "max.block.ms", "5000")));
        assertEquals(List.of(), warnings(liberty.with("orders", "max.block.ms", "5000")));
    }

    /** Kafka's default, where Posthorn's is not read. */
    @Test
    void aSendThatKeepsTheChannelWaitingForLongerThanASendMayTakeIsWarnedOf() {
        assertWarned("M41", kafka);
        assertWarned("M41", liberty);
        assertWarned("M41", kafka.with("orders", "max.block.ms", "10000"));
        assertEquals(List.of(), warnings(kafka.with("orders", "max.block.ms", "9999")));
        assertWarned("M41", kafka.with("posthorn.send-timeout", "PT2S"));
        assertEquals(
                List.of(),
                warnings(kafka.with("posthorn.channel.orders.send-timeout", "PT10S")
                        .with("orders", "max.block.ms", "9999")));
    }

    @Test
    void aProducerThatGivesUpWhatTheBrokerMayHaveIsWarnedOf() {
        kafka.with("orders", "max.block.ms", "5000");
        assertEquals(List.of(), warnings(kafka.with("orders", "delivery.timeout.ms", "120000")));
        assertWarned("M42", kafka.with("orders", "delivery.timeout.ms", "9000"));
    }

    /** The problem is the only one, and its remedy, pasted, is all it takes. */
    private static void assertRemedied(String id, ConfigLines lines) {
        String problem = only(lines);
        assertTrue(problem.startsWith("POSTHORN-" + id + ": Channel 'orders'"), problem);
        assertEquals(List.of(), problems(added(problem, lines)), problem);
    }

    /** The warning is the only one, and what it says, pasted, is all it takes. */
    private static void assertWarned(String id, ConfigLines lines) {
        List<String> warnings = warnings(lines);
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).startsWith("POSTHORN-" + id + ": Channel 'orders'"), warnings.get(0));
        assertEquals(List.of(), warnings(added(warnings.get(0), lines)));
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

    private static void assertNamed(String id, String key, ConfigLines lines) {
        String problem = only(lines);
        assertTrue(problem.startsWith("POSTHORN-" + id + ": Channel 'orders'"), problem);
        assertTrue(problem.contains(key), problem);
    }

    private static String only(ConfigLines lines) {
        List<String> problems = problems(lines);
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0);
    }

    private static List<String> problems(ConfigLines lines) {
        return new DeploymentChecks(lines.config(), channel -> true, UNSEEN).problems(Set.of("orders"));
    }

    private static List<String> warnings(ConfigLines lines) {
        return new DeploymentChecks(lines.config(), channel -> true, UNSEEN).warnings(Set.of("orders"));
    }
}
