package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.posthorn.IntegrationEvents;
import dev.posthorn.tck.control.BrokerControl;
import dev.posthorn.tck.shop.OrderPlaced;
import dev.posthorn.tck.shop.Shop;
import dev.posthorn.tck.shop.TransactionalBean;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Delivered events leave the table when their time has come, undelivered ones never. */
@ExtendWith(ArquillianExtension.class)
public class RetentionIT {

    private static final String NARROW = "narrow";
    private static final int NARROW_BYTES = 20_000;
    private static final int WIDE_BYTES = 100_000;
    private static final String TOO_LARGE = "x".repeat(2 * NARROW_BYTES);
    private static final int EVENTS = 30;

    private static final String FOR_A_SECOND = "retention-of-a-second";
    private static final String NOT_AT_ALL = "no-retention";

    private final BrokerControl broker = new BrokerControl();
    private final String key = UUID.randomUUID().toString();

    @Inject
    private Shop shop;

    @Inject
    private TransactionalBean transactional;

    @Inject
    private IntegrationEvents events;

    @Deployment(name = FOR_A_SECOND)
    public static WebArchive forASecond() {
        return archive(FOR_A_SECOND, "PT1S");
    }

    @Deployment(name = NOT_AT_ALL)
    public static WebArchive notAtAll() {
        return archive(NOT_AT_ALL, "PT0S");
    }

    private static WebArchive archive(String name, String retention) {
        return ImpatientShop.named(name, NARROW)
                .property("posthorn.retention", retention)
                .property("posthorn.clean.interval", "PT1S")
                .property("posthorn.clean.batch", "10")
                .build();
    }

    @Test
    @OperateOnDeployment(FOR_A_SECOND)
    public void deliveredEventsVanishAfterTheirRetention() {
        placeAll();

        await().until(() -> shop.rows(key).isEmpty());
        assertEquals(EVENTS, Deliveries.now(ImpatientShop.ORDERS, key).events());
    }

    @Test
    @OperateOnDeployment(FOR_A_SECOND)
    public void undeliveredEventsNeverVanish() {
        undeliveredEventsStayWhileOthersVanish();
    }

    @Test
    @OperateOnDeployment(NOT_AT_ALL)
    public void withoutRetentionAcknowledgedEventsAreDeletedAtOnce() {
        placeAll();

        await().until(() -> shop.rows(key).isEmpty());
        assertEquals(EVENTS, Deliveries.now(ImpatientShop.ORDERS, key).events());
    }

    @Test
    @OperateOnDeployment(NOT_AT_ALL)
    public void withoutRetentionUndeliveredEventsStay() {
        undeliveredEventsStayWhileOthersVanish();
    }

    private void undeliveredEventsStayWhileOthersVanish() {
        broker.limitRecords(NARROW, NARROW_BYTES);
        String stuck = UUID.randomUUID().toString();
        transactional.inTransaction(() ->
                events.draft(new OrderPlaced(stuck, TOO_LARGE)).topic(NARROW).publish());

        for (int round = 0; round < 3; round++) {
            placeAll();
            await().until(() -> shop.rows(key).isEmpty());
        }
        assertFalse(shop.rows(stuck).get(0).isDelivered());

        broker.limitRecords(NARROW, WIDE_BYTES);
        assertEquals(List.of(TOO_LARGE), Deliveries.await(NARROW, stuck, 1).of(stuck));
        await().until(() -> shop.rows(stuck).isEmpty());
    }

    private void placeAll() {
        transactional.inTransaction(() -> IntStream.range(0, EVENTS).forEach(i -> shop.place(key, "" + i)));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(120));
    }
}
