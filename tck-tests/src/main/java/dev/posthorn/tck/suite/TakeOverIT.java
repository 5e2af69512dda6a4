package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.app.TckApplication;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.server.ServerProcess;
import dev.posthorn.tck.shop.Shop;
import java.time.Duration;
import java.util.List;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** How soon the events of a dead node are sent by another one if nothing at all is configured. */
public class TakeOverIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final KafkaBroker BROKER = Fixtures.broker();

    @Test
    void eventsOfAKilledNodeAreTakenOverWithinFifteenSecondsByDefault() {
        WebArchive archive = TckArchive.named("takeover")
                .withPosthorn()
                .withPackageOf(Shop.class)
                .with(TckApplication.class, Deliveries.class)
                .events("posthorn", ImpatientShop.ORDERS)
                .property("posthorn.schema", "create")
                .build();
        try (ServerProcess other = ServerProcess.of("takeover-other", archive);
                ServerProcess killed = ServerProcess.of("takeover-killed", archive)) {
            ServerProcess.startAll(List.of(other, killed));
            Trade trade = new Trade(killed);
            long death;
            BROKER.freeze();
            try {
                trade.buy(0, 20);
                killed.kill9();
                death = System.nanoTime();
            } finally {
                BROKER.thaw();
            }

            trade.requireInOrder(20);

            Duration took = Duration.ofNanos(System.nanoTime() - death);
            System.out.println("TCK: taken over after " + took + " by " + other.url());
            assertTrue(took.compareTo(SOON) <= 0, took::toString);
        }
    }
}
