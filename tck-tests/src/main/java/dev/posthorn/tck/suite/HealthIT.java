package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.server.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a server with MicroProfile Health says of a node, to whoever asks it from outside. */
@Tag("everywhere")
public class HealthIT {

    /** One check in an answer: an object that has no object but its data. */
    private static final Pattern CHECK = Pattern.compile("\\{[^{}\\[]*(\\{[^{}]*})?[^{}\\[]*}");

    private static final KafkaBroker BROKER = Fixtures.broker();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        var archive = ImpatientShop.named("healthy")
                .property("posthorn.health.backlog", "readiness")
                .property("posthorn.health.backlog-age", "PT4S")
                .build();
        server = ServerProcess.of("healthy", archive).start();
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void repair() {
        BROKER.thaw();
    }

    @Test
    void aNodeThatWorksIsReadyAndLives() {
        awaitAnswer("ready", 200);
        String ready = ask("ready").body();
        assertEquals("UP", statusOf("posthorn-store", ready), ready);
        assertEquals("UP", statusOf("posthorn-backlog", ready), ready);
        assertTrue(ready.contains("\"application\""), ready);
        assertTrue(ready.contains("\"dead\""), ready);

        String live = ask("live").body();
        assertEquals("UP", statusOf("posthorn-loops", live), live);
    }

    @Test
    void aBacklogThatGrowsOldTurnsRedAndGreenAgain() {
        Trade trade = new Trade(server);
        trade.buy(0, 1);
        trade.requireAllMarked();
        BROKER.freeze();
        trade.buy(1, 3);

        awaitAnswer("ready", 503);
        String red = ask("ready").body();
        assertEquals("DOWN", statusOf("posthorn-backlog", red), red);
        assertEquals("UP", statusOf("posthorn-store", red), red);
        assertTrue(red.contains("posthorn.oldest-unsent-seconds"), red);
        assertEquals("UP", statusOf("posthorn-loops", ask("live").body()), "no reason to start anew");

        BROKER.thaw();
        trade.requireAllMarked();
        awaitAnswer("ready", 200);
    }

    private static void awaitAnswer(String kind, int status) {
        Trade.await().until(() -> ask(kind).statusCode() == status);
    }

    private static HttpResponse<String> ask(String kind) {
        HttpRequest request = HttpRequest.newBuilder(server.health().resolve(kind))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("The server does not say how it is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking", e);
        }
    }

    /** Of one check in an answer. */
    private static String statusOf(String check, String answer) {
        return CHECK.matcher(answer)
                .results()
                .map(MatchResult::group)
                .filter(found -> found.contains("\"" + check + "\""))
                .map(found -> found.replaceAll("(?s).*\"status\"\\s*:\\s*\"(\\w+)\".*", "$1"))
                .findAny()
                .orElse("missing");
    }
}
