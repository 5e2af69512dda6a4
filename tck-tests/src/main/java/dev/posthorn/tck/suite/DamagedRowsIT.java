package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.server.ServerProcess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody has changed rows by hand while the application was down: none of them stops another one. */
@Tag("everywhere")
public class DamagedRowsIT {

    private static final String NAME = "damaged";
    private static final KafkaBroker BROKER = Fixtures.broker();

    /** What is done to a row, and what operators are to be told of it. */
    private static final Map<String, String> DAMAGES = new LinkedHashMap<>();

    static {
        DAMAGES.put(
                "event_time = 'yesterday'", "DEAD The row can't be read: event_time is 'yesterday', which is no time.");
        DAMAGES.put("headers = 'rubbish'", "DEAD The row can't be read: headers is no JSON object of texts.");
        DAMAGES.put("headers = '42'", "DEAD The row can't be read: headers is no JSON object of texts.");
        DAMAGES.put("headers = '[1]'", "DEAD The row can't be read: headers is no JSON object of texts.");
        DAMAGES.put("when_dead = 9", "DEAD The row can't be read: when_dead is 9, which is none of 0, 1 and 2.");
        DAMAGES.put("state = 99", "UNKNOWN The row can't be read: state is 99, which is no state.");
        DAMAGES.put("state = -1", "UNKNOWN The row can't be read: state is -1, which is no state.");
    }

    private final String run = UUID.randomUUID().toString();

    @AfterEach
    void startBroker() {
        BROKER.start();
    }

    @Test
    void neighboursAreSentAndOperatorsListInspectAndDiscard() throws SQLException {
        WebArchive archive = ImpatientShop.named(NAME).build();
        try (ServerProcess server = ServerProcess.of(NAME, archive).start()) {
            ShopClient shop = new ShopClient(server);
            BROKER.stop();
            List<String> damages = List.copyOf(DAMAGES.keySet());
            for (int i = 0; i < damages.size(); i++) {
                assertTrue(shop.buy(run + "-good-" + i, run + "-good-" + i));
                assertTrue(shop.buy(run + "-bad-" + i, run + "-bad-" + i));
            }
            assertTrue(shop.buy(run + "-good-last", run + "-good-last"));

            server.kill9();
            for (int i = 0; i < damages.size(); i++) {
                damage(run + "-bad-" + i, damages.get(i));
            }
            BROKER.start();
            server.start();

            Deliveries.await(ImpatientShop.ORDERS, run + "-good-", damages.size() + 1);
            for (int i = 0; i < damages.size(); i++) {
                String key = run + "-bad-" + i;
                assertEquals(DAMAGES.get(damages.get(i)), awaitNotUnsent(shop, key));
                assertTrue(shop.operator(key + "/data").startsWith("OrderPlaced "), damages.get(i));
                assertEquals("1", shop.discard(key), damages.get(i));
                assertTrue(shop.operator(key).startsWith("DISCARDED "));
            }
            assertEquals(0, Deliveries.now(ImpatientShop.ORDERS, run + "-bad-").events());
            assertEquals(5, server.log().split("POSTHORN-2020", -1).length - 1, "each is named once");
        }
    }

    private static String awaitNotUnsent(ShopClient shop, String key) {
        return Trade.await().until(() -> shop.operator(key), line -> !line.startsWith("UNSENT"));
    }

    private static void damage(String key, String assignment) throws SQLException {
        try (Connection connection = Fixtures.database().connect(NAME, Duration.ofSeconds(60));
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE posthorn_outbox SET " + assignment + " WHERE event_key = ?")) {
            update.setString(1, key);
            assertEquals(1, update.executeUpdate());
        }
    }
}
