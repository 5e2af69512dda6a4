package dev.posthorn.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnknownKeysTest {

    @Test
    void keysThatAreKnownAreNoWarnings() {
        assertEquals(
                List.of(),
                warnings(
                        "posthorn.retention", "PT1H",
                        "posthorn.channel", "orders",
                        "posthorn.send-timeout", "PT1S",
                        "posthorn.table.outbox", "o",
                        "posthorn.channel.orders.send-timeout", "PT1S",
                        "posthorn.channel.stock.eu.retry.delay", "PT1S",
                        "posthorn.channel.in.inbox.type", "Ping",
                        "posthorn.channel.in.health.backlog-age", "PT1M",
                        "posthorn.event.Ping.topic", "pings",
                        "posthorn.event.Ping.inbox.retry.delay", "PT1S",
                        "mp.messaging.outgoing.ordres.connector", "smallrye-kafka",
                        "posthornish.retnetion", "PT1H"));
    }

    @Test
    void aMisspeltKeyIsNamedWithTheLineToWrite() {
        assertOnly("posthorn.retnetion", "POSTHORN-6001", "posthorn.retention");
        assertOnly("posthorn.inbox.retry.max-attemps", "POSTHORN-6001", "posthorn.inbox.retry.max-attempts");
        assertOnly("posthorn.sendTimeout", "POSTHORN-6001", "posthorn.send-timeout");
        assertOnly("posthorn.event.Ping.whenDead", "POSTHORN-6001", "posthorn.event.Ping.when-dead");
        assertOnly("posthorn.channel.orders.send-timout", "POSTHORN-6001", "posthorn.channel.orders.send-timeout");
    }

    @Test
    void aKeyLikeNoOtherIsNamed() {
        String warning = warnings("posthorn.colour", "green").get(0);

        assertTrue(warning.startsWith("POSTHORN-6001 posthorn.colour is not a key"), warning);
        assertTrue(!warning.contains("Write:") && !warning.contains("green"), warning);
    }

    @Test
    void aChannelThatIsNotThereIsNamedWithThoseThatAre() {
        assertOnly(
                "posthorn.channel.ordres.send-timeout",
                "POSTHORN-6003",
                "posthorn.channel.orders.send-timeout",
                "sends on no channel 'ordres'",
                "orders, stock.eu");
        assertOnly(
                "posthorn.channel.im.inbox.type",
                "POSTHORN-6003",
                "posthorn.channel.in.inbox.type",
                "receives on no channel 'im'");
    }

    /** As the keys of Reactive Messaging have to be written. */
    @Test
    void aChannelInQuotesIsNamedWithTheLineWithout() {
        assertOnly(
                "posthorn.channel.\"stock.eu\".send-timeout",
                "POSTHORN-6003",
                "posthorn.channel.stock.eu.send-timeout");
    }

    @Test
    void whatIsForSendingHasNoEffectOnAChannelThatReceives() {
        String warning = warnings("posthorn.channel.in.send-timeout", "PT1S").get(0);

        assertTrue(warning.contains("sends on no channel 'in'"), warning);
    }

    @Test
    void aTypeThatNoClassHasIsNamedWithThoseThatThereAre() {
        assertOnly(
                "posthorn.event.Pnig.topic",
                "POSTHORN-6002",
                "posthorn.event.Ping.topic",
                "'Pnig'",
                "Ping, parcel.sent");
    }

    @Test
    void whatIsForTheWholeApplicationHasNoEffectOnOneChannel() {
        String warning = warnings("posthorn.channel.orders.retention", "PT1S").get(0);

        assertTrue(warning.startsWith("POSTHORN-6004 posthorn.channel.orders.retention"), warning);
        assertTrue(warning.contains("or set posthorn.retention."), warning);
    }

    @Test
    void environmentVariablesAreReadAsKeys() {
        assertEquals(
                List.of(),
                warnings(
                        "POSTHORN_RETENTION", "PT1H",
                        "posthorn_node_name", "one",
                        "POSTHORN_CHANNEL_STOCK_EU_SEND_TIMEOUT", "PT1S",
                        "POSTHORN_EVENT_PARCEL_SENT_TOPIC", "parcels"));
        assertOnly("POSTHORN_RETNETION", "POSTHORN-6001", "POSTHORN_RETENTION");
        assertOnly("POSTHORN_CHANNEL_ORDRES_SEND_TIMEOUT", "POSTHORN-6003", "POSTHORN_CHANNEL_ORDERS_SEND_TIMEOUT");
        assertOnly("POSTHORN_EVENT_PNIG_TOPIC", "POSTHORN-6002", "POSTHORN_EVENT_PING_TOPIC");
    }

    /** SmallRye Config lists a variable a second time, as a key with dots for all underscores. */
    @Test
    void aVariableIsSpokenOfOnce() {
        assertEquals(
                List.of(),
                warnings(
                        "POSTHORN_SEND_TIMEOUT", "PT1S",
                        "posthorn.send.timeout", "PT1S",
                        "POSTHORN_EVENT_PING_WHEN_DEAD", "skip",
                        "posthorn.event.ping.when.dead", "skip"));
        assertEquals(
                1,
                warnings("POSTHORN_RETNETION", "PT1S", "posthorn.retnetion", "PT1S")
                        .size());
    }

    /** A service called posthorn, or posthorn-db, makes them in every container. */
    @Test
    void variablesOfKubernetesAreNotMeant() {
        assertEquals(
                List.of(),
                warnings(
                        "POSTHORN_SERVICE_HOST", "10.0.0.1",
                        "POSTHORN_SERVICE_PORT", "5432",
                        "POSTHORN_SERVICE_PORT_HTTP", "5432",
                        "POSTHORN_PORT", "tcp://10.0.0.1:5432",
                        "POSTHORN_DB_PORT_5432_TCP", "tcp://10.0.0.1:5432",
                        "POSTHORN_DB_PORT_5432_TCP_ADDR", "10.0.0.1"));
    }

    private static void assertOnly(String key, String code, String write, String... said) {
        List<String> warnings = warnings(key, "value");
        assertEquals(1, warnings.size(), warnings::toString);
        String warning = warnings.get(0);
        assertTrue(warning.startsWith(code + " " + key + " "), warning);
        assertTrue(warning.endsWith(" Write:\n    " + write + "=value"), warning);
        for (String text : said) {
            assertTrue(warning.contains(text), warning);
        }
    }

    private static List<String> warnings(String... config) {
        return new UnknownKeys(
                        MapConfig.of(config),
                        Set.of("orders", "stock.eu"),
                        Set.of("in", "received"),
                        Set.of("Ping", "parcel.sent"))
                .warnings();
    }
}
