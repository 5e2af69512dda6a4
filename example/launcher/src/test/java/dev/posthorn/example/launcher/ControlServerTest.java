package dev.posthorn.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher works for the shop, not for whatever a browser on this computer is made to send. */
class ControlServerTest {

    /** Without the jars that a broker needs. */
    @TempDir
    Path nothing;

    private ControlServer server;

    @BeforeEach
    void start() {
        Broker broker = new Broker(new Children(), new Assembly(nothing), nothing);
        server = new ControlServer(broker, new Receiver(broker.address()), new Redelivery(broker.address()));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void theShopIsAnswered() {
        assertEquals("STOPPED", state(Http.send("GET", uri("/broker"))));
        assertEquals("STOPPED", state(Http.send("POST", uri("/broker/stop"))));
        assertEquals(404, Http.send("GET", uri("/nothing")).status());
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Host, evil.example:PORT",
        "Host, 127.0.0.1.evil.example:PORT"
    })
    void aPageIsRefused(String header, String pattern) {
        String value = pattern.replace("PORT", "" + server.address().getPort());

        assertRefused(Http.send("GET", uri("/received"), header, value));
        assertRefused(Http.send("POST", uri("/broker/stop"), header, value));
    }

    @Test
    void aBrokerThatDoesNotStartIsSaidAndIsStopped() {
        Http.Answer failed = Http.send("POST", uri("/broker/start"));

        assertEquals(500, failed.status());
        String message = failed.body().get("message").asText();
        assertTrue(message.startsWith("Kafka ended while starting"), message);
        assertEquals("STOPPED", state(Http.send("GET", uri("/broker"))));
    }

    private URI uri(String path) {
        return server.address().resolve(path);
    }

    private static String state(Http.Answer answer) {
        return answer.body().get("state").asText();
    }

    private static void assertRefused(Http.Answer answer) {
        assertEquals(403, answer.status());
        String message = answer.body().get("message").asText();
        assertTrue(message.endsWith("nothing was read or changed."), message);
    }
}
