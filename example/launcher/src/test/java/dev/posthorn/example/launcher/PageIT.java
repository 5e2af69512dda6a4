package dev.posthorn.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthorn.operator.EventState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser. Leaves screenshots in {@code target/screenshots}. Each test is a customer of its own. */
class PageIT {

    private static final String AXE = "META-INF/resources/webjars/axe-core/%s/axe.min.js";

    private static Browser browser;
    private static RunningDemo demo;

    @BeforeAll
    static void start() throws IOException {
        Optional<Browser> found =
                Browser.find(Path.of(System.getProperty("demo.home")).resolveSibling("screenshots"));
        assumeTrue(
                found.isPresent(), "The page is not tested: neither Chromium nor Chrome is here with a chromedriver");
        browser = found.get();
        demo = SharedDemo.get();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        browser.look(1280, 860, false);
        browser.open(demo.uri("/").toString());
        browser.awaitText("#broker-state", "Running");
    }

    @AfterEach
    void noErrors() {
        List<String> unexpected = browser.errors().stream()
                .filter(error -> !error.contains("/orders?fail=true"))
                .toList();
        assertEquals(List.of(), unexpected);
    }

    @Test
    void anOrderIsSeenOnItsWay() {
        place("Mary", "#place");

        browser.awaitText("#message", "of Mary was saved together with its event");
        browser.awaitText("#orders .row", "Mary");
        browser.awaitText("#outbox .row", "Delivered\nkey Mary");
        browser.awaitText("#received .row", "\"customer\": \"Mary\"");
    }

    @Test
    void anOrderThatFailsIsExplained() {
        place("Alan", "#fail");

        browser.awaitText("#message", "The payment of Alan was declined");
        assertTrue(browser.texts("#orders .row").stream().noneMatch(row -> row.contains("Alan")));
        assertTrue(browser.texts("#outbox .row").stream().noneMatch(row -> row.contains("Alan")));
    }

    @Test
    void aStoppedBrokerLetsEventsWait() {
        browser.element("#broker-switch").click();
        browser.awaitText("#broker-state", "Stopped");
        place("Edsger", "#place");
        place("Barbara", "#place");
        browser.awaitText("#outbox .row", "Unsent\nkey Edsger");
        browser.awaitText("#outbox .row", "Unsent\nkey Barbara");
        browser.screenshot("waiting");

        browser.element("#broker-switch").click();
        browser.awaitText("#broker-state", "Running");
        browser.awaitText("#outbox .row", "Delivered\nkey Edsger");
        browser.awaitText("#received .row", "key Edsger");
        browser.awaitText("#received .row", "key Barbara");
    }

    @Test
    void everyStateOfAnEventHasItsName() throws IOException {
        List<String> states = Stream.of(EventState.values()).map(Enum::name).toList();
        browser.run(
                """
                const ask = window.fetch;
                const rows = arguments[0].map((state, seq) =>
                  ({ seq, id: `event-${seq}`, type: "OrderPlaced", key: state, state, attempts: 0 }));
                window.fetch = (path, options) =>
                  path === "outbox" ? Promise.resolve(Response.json(rows)) : ask(path, options);
                """,
                states);

        for (String state : states) {
            String name = state.charAt(0) + state.substring(1).toLowerCase(Locale.ROOT);
            browser.awaitText("#outbox .row", name + "\nkey " + state);
        }
        browser.screenshot("states");
        assertEquals(List.of(), accessibilityProblems());
    }

    @Test
    void duplicatesAreSeenToBeDropped() {
        place("Frances", "#place");
        browser.awaitText("#parcels .row", "Frances");

        browser.element("#deliver-again").click();

        browser.awaitText("#message", "No parcel will be packed twice");
        browser.awaitText("#received .row", "Again\nkey Frances");
        browser.awaitText("#parcels .row", "Frances\n1 dropped");
        assertEquals(1, rowsOf("#parcels", "Frances"));
        browser.awaitText("#dropped", "dropped");
        browser.screenshot("duplicates");
    }

    private static long rowsOf(String list, String customer) {
        return browser.texts(list + " .row").stream()
                .filter(row -> row.contains(customer))
                .count();
    }

    @Test
    void markupFromACustomerIsText() {
        place("<img src=x onerror=alert(1)>", "#place");

        browser.awaitText("#orders .row", "<img src=x onerror=alert(1)>");
        browser.awaitText("#parcels .row", "<img src=x onerror=alert(1)>");
        assertEquals(List.of(), browser.texts("#orders img, #parcels img"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "light, 1280, 860, false",
        "dark, 1280, 860, true",
        "narrow, 360, 1500, false",
        "narrow-dark, 360, 1500, true"
    })
    void everybodyCanReadIt(String name, int width, int height, boolean dark) throws IOException {
        browser.look(width, height, dark);
        for (String customer : List.of("Margaret", "Katherine", "A customer with quite a long name & Söhne")) {
            place(customer, "#place");
            browser.awaitText("#received .row", "key " + customer);
        }
        browser.awaitText("#message", "saved");
        browser.screenshot(name);

        assertEquals((long) width, browser.run("return document.documentElement.scrollWidth"), "nothing sticks out");
        assertEquals(List.of(), accessibilityProblems());
    }

    private static void place(String customer, String button) {
        browser.type("#customer", customer);
        browser.element(button).click();
        browser.awaitText("#message", customer);
    }

    /** What axe finds, which is the judge of contrast, names and roles. */
    private static Object accessibilityProblems() throws IOException {
        try (InputStream axe =
                PageIT.class.getClassLoader().getResourceAsStream(AXE.formatted(System.getProperty("axe.version")))) {
            browser.run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return browser.runAsync(
                """
                const done = arguments[0];
                axe.run().then(({ violations }) => done(violations.flatMap((violation) =>
                  violation.nodes.map((node) => `${violation.help}: ${node.target} ${node.failureSummary}`))));
                """);
    }
}
