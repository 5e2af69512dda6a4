package dev.posthorn.example.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shop and shipping promise over HTTP. Each test is a customer of its own. */
class DemoIT {

    private static final Duration RELAY = Duration.ofSeconds(60);

    private static RunningDemo demo;

    @BeforeAll
    static void start() throws IOException {
        demo = SharedDemo.get();
    }

    @Test
    void theConsoleSaysWhatToDo() {
        String console = demo.console();
        assertTrue(console.contains("Open " + demo.uri("/")), console);
        assertTrue(console.contains("curl " + demo.uri("/received")), console);
    }

    @Test
    void anOrderIsSavedAndPublished() {
        Http.Answer placed = demo.post("/orders", order("Ada", "12.5"));

        assertEquals(201, placed.status());
        assertEquals("Ada", placed.body().get("customer").asText());
        long id = placed.body().get("id").asLong();
        String location = placed.response().headers().firstValue("Location").orElseThrow();
        assertEquals(demo.uri("/orders/" + id).toString(), location);
        assertEquals(12.5, demo.get("/orders/" + id).get("amount").asDouble());

        awaitReceived("Ada", 1);
        JsonNode event = received("Ada").get(0);
        assertEquals("OrderPlaced", event.get("type").asText());
        assertEquals(id, event.get("payload").get("orderId").asLong());
        assertEquals(12.5, event.get("payload").get("amount").asDouble());
        await().atMost(RELAY).until(() -> states("Ada"), List.of("DELIVERED")::equals);
        assertEquals(outbox("Ada").get(0).get("id"), event.get("id"));
    }

    @Test
    void anOrderThatFailsLeavesNothing() {
        Http.Answer failed = demo.post("/orders?fail=true", order("Bob", "99"));

        assertEquals(409, failed.status());
        assertTrue(failed.body().get("message").asText().contains("nothing was saved"));
        assertEquals(List.of(), rows("/orders", "customer", "Bob"));
        assertEquals(List.of(), outbox("Bob"));

        // What came after it has arrived, so it would have too.
        demo.post("/orders", order("Bob's neighbour", "1"));
        awaitReceived("Bob's neighbour", 1);
        assertEquals(List.of(), received("Bob"));
    }

    @Test
    void eventsWaitForAStoppedBrokerAndKeepTheirOrder() {
        assertEquals(
                "STOPPED", demo.post("/broker/stop", "").body().get("state").asText());
        assertEquals("STOPPED", demo.get("/broker").get("state").asText());

        for (int amount = 1; amount <= 5; amount++) {
            assertEquals(201, demo.post("/orders", order("Grace", "" + amount)).status());
        }
        assertEquals(List.of("UNSENT", "UNSENT", "UNSENT", "UNSENT", "UNSENT"), states("Grace"));
        assertEquals(List.of(), received("Grace"));
        assertEquals(409, demo.post("/deliver-again", "").status());

        assertEquals(
                "RUNNING", demo.post("/broker/start", "").body().get("state").asText());
        awaitReceived("Grace", 5);
        List<Integer> firstDeliveries = received("Grace").stream()
                .map(event -> event.get("payload").get("amount").asInt())
                .distinct()
                .toList();
        assertEquals(List.of(1, 2, 3, 4, 5), firstDeliveries);
        await().atMost(RELAY).until(() -> parcels("Grace"), orders("Grace")::equals);
    }

    @Test
    void anOrderMakesOneParcelHoweverOftenItsEventIsDelivered() {
        long id = demo.post("/orders", order("Dorothy", "40")).body().get("id").asLong();
        await().atMost(RELAY).until(() -> parcels("Dorothy"), List.of(id)::equals);

        int delivered = demo.post("/deliver-again", "").body().get("delivered").asInt();

        assertTrue(delivered > 0, "events delivered again");
        await().atMost(RELAY).until(() -> timesReceived(id) >= 2);
        assertEquals(List.of(id), parcels("Dorothy"));
        JsonNode original = received("Dorothy").get(0);
        JsonNode copy = received("Dorothy").get(1);
        assertEquals(original.get("id"), copy.get("id"));
        assertEquals(original.get("payload"), copy.get("payload"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"customer\": \"Ada\"}",
                "{\"customer\": \"\", \"amount\": 1}",
                "{\"customer\": \"Ada\", \"amount\": -1}",
                "{\"customer\": \"Ada\", \"amount\": \"much\"}"
            })
    void whatIsNoOrderIsRefused(String body) {
        Http.Answer refused = demo.post("/orders", body);

        assertEquals(400, refused.status());
        String message = refused.body().get("message").asText();
        assertTrue(message.matches(".*(must be JSON|must not be|must be greater).*"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, http://127.0.0.1:1",
        "Origin, https://127.0.0.1:PORT",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Host, evil.example",
        "Host, evil.example:PORT",
        "Host, 127.0.0.1.evil.example:PORT"
    })
    void otherPagesAndHostNamesReadAndChangeNothing(String header, String pattern) {
        String value = pattern.replace("PORT", "" + demo.port());

        for (String path : List.of("/orders", "/broker/stop", "/broker/start", "/deliver-again")) {
            assertRefused(Http.send("POST", demo.uri(path), header, value));
        }
        for (String path : List.of("/", "/page.js", "/orders", "/outbox", "/received", "/health", "/metrics", "/no")) {
            assertRefused(Http.send("GET", demo.uri(path), header, value));
        }
        assertRefused(Http.send("GET", demo.shipping("/parcels"), header, value));
        assertRefused(Http.send("GET", demo.shipping("/health"), header, value));
        assertEquals("RUNNING", demo.get("/broker").get("state").asText());
    }

    @Test
    void theOwnPageAndThoseWithoutOneAreAnswered() {
        String localhost = "localhost:" + demo.port();

        assertEquals(
                200, Http.send("GET", demo.uri("/orders"), "Host", localhost).status());
        assertEquals(
                200,
                Http.send("GET", demo.uri("/orders"), "Sec-Fetch-Site", "same-origin")
                        .status());
        assertEquals(
                200,
                Http.send("POST", demo.uri("/broker/start"), "Host", localhost, "Origin", "http://" + localhost)
                        .status());
        assertEquals(200, Http.send("GET", demo.shipping("/parcels")).status());
        assertEquals(
                200,
                Http.send("GET", demo.shipping("/parcels"), "Sec-Fetch-Site", "none")
                        .status());
    }

    @Test
    void anotherPageMayLinkHereAndShowsNothingInAFrame() {
        String[] link = {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"};
        Http.Answer page = Http.send("GET", demo.uri("/"), link);

        assertEquals(200, page.status());
        assertEquals(
                "frame-ancestors 'none'",
                page.response().headers().firstValue("Content-Security-Policy").orElseThrow());
        link[5] = "iframe";
        assertRefused(Http.send("GET", demo.uri("/"), link));
        link[5] = "document";
        assertRefused(Http.send("POST", demo.uri("/broker/stop"), link));
    }

    private static void assertRefused(Http.Answer answer) {
        assertEquals(403, answer.status(), answer.toString());
        String message = answer.body().get("message").asText();
        assertTrue(message.endsWith("nothing was read or changed."), message);
    }

    @Test
    void anUnknownOrderIsNotFound() {
        assertEquals("Not Found", demo.get("/orders/4711").get("error").asText());
    }

    private static String order(String customer, String amount) {
        return "{\"customer\": \"%s\", \"amount\": %s}".formatted(customer, amount);
    }

    private static void awaitReceived(String customer, int distinct) {
        await("what was received of " + customer)
                .atMost(RELAY)
                .until(() -> received(customer).stream()
                                .map(event -> event.get("id"))
                                .distinct()
                                .count()
                        == distinct);
    }

    private static List<Long> orders(String customer) {
        return rows("/orders", "customer", customer).stream()
                .map(order -> order.get("id").asLong())
                .toList();
    }

    /** The orders they are for, in the order of packing. */
    private static List<Long> parcels(String customer) {
        return rows("/parcels", "customer", customer).stream()
                .map(parcel -> parcel.get("orderId").asLong())
                .toList();
    }

    private static int timesReceived(long order) {
        return rows("/deliveries", "orderId", Long.toString(order))
                .get(0)
                .get("received")
                .asInt();
    }

    private static List<JsonNode> received(String customer) {
        return rows("/received", "key", customer);
    }

    private static List<JsonNode> outbox(String customer) {
        return rows("/outbox", "key", customer);
    }

    private static List<String> states(String customer) {
        return outbox(customer).stream().map(row -> row.get("state").asText()).toList();
    }

    private static List<JsonNode> rows(String path, String field, String value) {
        return StreamSupport.stream(demo.get(path).spliterator(), false)
                .filter(row -> row.get(field).asText().equals(value))
                .toList();
    }
}
