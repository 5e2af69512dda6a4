package dev.posthorn.config;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.channel.ChannelSettings;
import dev.posthorn.config.HealthConfig.BacklogCheck;
import dev.posthorn.inbox.InboxSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PosthornConfigTest {

    /** What can't be meant. */
    private static final Map<String, List<String>> NOT_ALLOWED = new TreeMap<>(Map.ofEntries(
            Map.entry("posthorn.source", List.of("not a uri", "a b")),
            Map.entry("posthorn.node.timeout", List.of("PT2S", "15", "-PT15S", "P365000D")),
            Map.entry("posthorn.no-transaction", List.of("perhaps")),
            Map.entry("posthorn.mark.gather", List.of("20ms", "-PT1S")),
            Map.entry("posthorn.sweep.interval", List.of("PT0S", "60")),
            Map.entry("posthorn.retention", List.of("-PT1S", "1 day", "P7301D")),
            Map.entry("posthorn.clean.interval", List.of("PT0S", "x")),
            Map.entry("posthorn.clean.batch", List.of("0", "-1", "many", "2147483648")),
            Map.entry("posthorn.stop.timeout", List.of("-PT1S", "x")),
            Map.entry("posthorn.memory.max-events", List.of("0", "-1", "1e6")),
            Map.entry("posthorn.memory.max-bytes", List.of("0", "64M", "9223372036854775808")),
            Map.entry("posthorn.in-flight.max-events", List.of("0", "x")),
            Map.entry("posthorn.order-may-break.in-flight-per-key", List.of("0", "x")),
            Map.entry("posthorn.in-flight.max-bytes", List.of("0", "x")),
            Map.entry("posthorn.send-timeout", List.of("PT0S", "10", "P365000D", "PT99999999999999999999S")),
            Map.entry("posthorn.pause.min", List.of("PT0S", "1s")),
            Map.entry("posthorn.pause.max", List.of("PT0S", "1s")),
            Map.entry("posthorn.give-up-after", List.of("PT0S", "60")),
            Map.entry("posthorn.retry.max-attempts", List.of("0", "ten")),
            Map.entry("posthorn.retry.delay", List.of("PT0S", "60")),
            Map.entry("posthorn.retry.max-delay", List.of("PT0S", "60")),
            Map.entry("posthorn.retry.jitter", List.of("1", "-0.1", "much")),
            Map.entry("posthorn.event.OrderPlaced.retry.max-attempts", List.of("0", "ten")),
            Map.entry("posthorn.event.OrderPlaced.retry.delay", List.of("PT0S", "60")),
            Map.entry("posthorn.event.OrderPlaced.retry.max-delay", List.of("PT0S", "60")),
            Map.entry("posthorn.read.batch", List.of("0", "x")),
            Map.entry("posthorn.mark.batch", List.of("0", "x")),
            Map.entry("posthorn.health.backlog", List.of("startup")),
            Map.entry("posthorn.health.backlog-age", List.of("PT0S", "5 minutes"))));

    @Test
    void whatIsNotAllowedIsAProblemThatSaysWhatIs() {
        NOT_ALLOWED.forEach((key, values) -> {
            for (String value : values) {
                List<String> problems = problems(MapConfig.of(key, value));
                assertEquals(1, problems.size(), key + "=" + value + ": " + problems);
                assertTrue(
                        problems.get(0)
                                .startsWith("POSTHORN-6005 " + key + "=" + value + " is not allowed. It must be "),
                        problems.get(0));
            }
        });
    }

    @Test
    void namesThatAreLongerThanTheirColumnsAreProblems() {
        for (String key : List.of("posthorn.application", "posthorn.node.name")) {
            assertEquals(List.of(), problems(MapConfig.of(key, "a".repeat(255))));
            List<String> problems = problems(MapConfig.of(key, "a".repeat(256)));
            assertEquals(1, problems.size(), problems::toString);
            assertTrue(
                    problems.get(0).startsWith("POSTHORN-6006 ")
                            && problems.get(0).contains(key),
                    problems.get(0));
        }
    }

    /** A variable does not tell how a type is written. */
    @Test
    void environmentVariablesAreForKnownTypes() {
        MapConfig config = MapConfig.of(
                "POSTHORN_EVENT_SHOP_ORDERPLACED_RETRY_MAX_ATTEMPTS", "3",
                "POSTHORN_EVENT_SHOP_ORDERPLACED_INBOX_RETRY_DELAY", "PT7S",
                "POSTHORN_EVENT_SHOP_ORDERPLACED_INBOX_TRANSACTIONS", "per-handler");
        Set<String> known = Set.of("shop.OrderPlaced");

        ChannelSettings sending = requireNonNull(PosthornConfig.read(config, "shop", Set.of("orders"), known)
                .channels()
                .get("orders"));
        assertEquals(Set.of("shop.OrderPlaced"), sending.retryByType().keySet());
        assertEquals(
                3, requireNonNull(sending.retryByType().get("shop.OrderPlaced")).maxAttempts());

        InboxSettings receiving = requireNonNull(
                InboxConfig.read(config, "shop", known).settings().get(InboxConfig.OWN_CHANNEL));
        assertEquals(
                Duration.ofSeconds(7),
                requireNonNull(receiving.retryByType().get("shop.OrderPlaced")).delay());
        assertEquals(Map.of("shop.OrderPlaced", true), receiving.separatelyByType());
    }

    /** Twelve send time-outs is how long an answer is waited for. */
    @Test
    void theLongestDurationCanBeCountedADozenTimes() {
        assertEquals(
                ConfigReader.LONGEST,
                read(MapConfig.of("posthorn.retention", "P7300D")).retention());
        assertTrue(ConfigReader.LONGEST.multipliedBy(12).toNanos() > 0);
    }

    @Test
    void allProblemsAreSeenAtOnce() {
        MapConfig config = MapConfig.of(
                "posthorn.channel.orders.send-timeout", "soon",
                "posthorn.channel.orders.health.backlog-age", "late",
                "posthorn.clean.batch", "few");

        assertEquals(3, problems(config).size());
    }

    @Test
    void theDefaultsAreAllowed() {
        assertEquals(List.of(), problems(MapConfig.of()));
        assertEquals(Duration.ofSeconds(10), read(MapConfig.of()).nodeTimeout());
        assertEquals(Duration.ofHours(24), read(MapConfig.of()).retention());
        assertEquals(Duration.ofMinutes(5), health(MapConfig.of()).backlogAgeOf("orders"));
        assertEquals(BacklogCheck.INFORM, health(MapConfig.of()).backlog());
    }

    @Test
    void theApplicationIsTheDeployedOneUnlessItIsNamed() {
        assertEquals("shop", read(MapConfig.of()).application());
        assertEquals(
                "store", read(MapConfig.of("posthorn.application", "store")).application());
    }

    /** A new version must find the rows of the old one. */
    @Test
    void aVersionAtTheEndOfTheDeployedNameIsLeftOut() {
        for (String version : List.of(
                "-1.0",
                "-1.0.3-SNAPSHOT",
                "-1-SNAPSHOT",
                "_v2.1",
                "-3.0.0.Final",
                "-2.0-RC1",
                "-1.0.0-beta.2-SNAPSHOT",
                "-1.0-20261130.123456-7",
                "-1.4.2+build.9")) {
            assertEquals("shop", PosthornConfig.withoutVersion("shop" + version), version);
        }
    }

    /** Each would take the other's rows for its own, and drop as repetitions what the other has handled. */
    @Test
    void applicationsThatAreNotTheSameKeepTheirNames() {
        for (String name : List.of(
                "shop-1",
                "shop-2",
                "api-2-billing",
                "api-2-shipping",
                "api-1.0-billing",
                "shop-1.0-blue",
                "1.0",
                "web3")) {
            assertEquals(name, PosthornConfig.withoutVersion(name));
        }
    }

    @Test
    void whatIsLeftOutIsAWarningUnlessTheApplicationIsNamed() {
        String warning = read(MapConfig.of()).warnings().get(0);
        assertTrue(warning.contains("POSTHORN-1012") && warning.contains("'shop-1.0'"), warning);
        assertEquals(
                List.of(), read(MapConfig.of("posthorn.application", "shop")).warnings());
        assertEquals(
                List.of(),
                PosthornConfig.read(MapConfig.of(), "shop", Set.of("orders"), Set.of())
                        .warnings());
    }

    /** Every application at the root of a server is called so: they would take each other's rows for their own. */
    @Test
    void anApplicationWithoutANameOfItsOwnMustBeNamed() {
        for (String name : List.of("ROOT", "root", "/", "", "ROOT-1.0")) {
            List<String> problems = PosthornConfig.read(MapConfig.of(), name, Set.of("orders"), Set.of())
                    .problems();
            assertEquals(1, problems.size(), name);
            assertTrue(problems.get(0).startsWith("POSTHORN-1013 "), problems.get(0));
            assertTrue(problems.get(0).endsWith("\n    posthorn.application=shop"), problems.get(0));

            PosthornConfig named =
                    PosthornConfig.read(MapConfig.of("posthorn.application", "bank"), name, Set.of("orders"), Set.of());
            assertEquals(List.of(), named.problems());
            assertEquals("bank", named.application());
            assertEquals("/bank", named.source());
        }
    }

    @Test
    void theSourceIsTheApplicationUnlessItIsNamed() {
        assertEquals(
                "/my%20shop",
                read(MapConfig.of("posthorn.application", "my shop")).source());
        assertEquals(
                "https://example.org/shop",
                read(MapConfig.of("posthorn.source", "https://example.org/shop"))
                        .source());
    }

    @Test
    void aNodeHasAnotherNameAtEachStartUnlessItIsNamed() {
        assertNotEquals(read(MapConfig.of()).nodeName(), read(MapConfig.of()).nodeName());
        assertEquals("one", read(MapConfig.of("posthorn.node.name", "one")).nodeName());
    }

    @Test
    void heartbeatsFollowTheTimeOut() {
        assertEquals(
                Duration.ofSeconds(2),
                read(MapConfig.of("posthorn.node.timeout", "PT10S")).heartbeatInterval());
    }

    @Test
    void theBacklogsAgeIsOfAllChannelsOrOfOne() {
        HealthConfig config = health(MapConfig.of(
                "posthorn.health.backlog-age", "PT10M",
                "posthorn.channel.orders.health.backlog-age", "PT1M",
                "posthorn.health.backlog", "none"));

        assertEquals(Duration.ofMinutes(1), config.backlogAgeOf("orders"));
        assertEquals(Duration.ofMinutes(10), config.backlogAgeOf("invoices"));
        assertEquals(Duration.ofMinutes(10), config.backlogAgeOf("another node's"));
        assertEquals(BacklogCheck.NONE, config.backlog());
    }

    private static List<String> problems(MapConfig config) {
        List<String> problems = new ArrayList<>(read(config).problems());
        problems.addAll(health(config).problems());
        return problems;
    }

    /** The user knows better. */
    @Test
    void theTransportSaysHowManySendsMayBeUnderWayUnlessConfigDoes() {
        assertEquals(700, mostUnderWay());
        assertEquals(5, mostUnderWay("posthorn.in-flight.max-events", "5"));
        assertEquals(6, mostUnderWay("posthorn.channel.orders.in-flight.max-events", "6"));
    }

    private static int mostUnderWay(String... config) {
        return requireNonNull(
                        PosthornConfig.read(MapConfig.of(config), "shop", Set.of("orders"), Set.of(), channel -> 700)
                                .channels()
                                .get("orders"))
                .maxInFlight();
    }

    private static PosthornConfig read(MapConfig config) {
        return PosthornConfig.read(config, "shop-1.0", Set.of("orders"), Set.of());
    }

    private static HealthConfig health(MapConfig config) {
        return HealthConfig.read(config, Set.of("orders", "invoices"));
    }
}
