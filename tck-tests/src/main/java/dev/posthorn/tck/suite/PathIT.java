package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.control.BrokerControl;
import dev.posthorn.tck.control.BrokerRecord;
import dev.posthorn.tck.shop.Caller;
import dev.posthorn.tck.shop.Shop;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One event all the way. */
@Tag("smoke")
@ExtendWith(ArquillianExtension.class)
public class PathIT {

    private final BrokerControl broker = new BrokerControl();

    @Inject
    private Shop shop;

    @Deployment
    public static WebArchive archive() {
        return TckArchive.named("path")
                .withPosthorn()
                .withPackageOf(Shop.class)
                .outgoing("posthorn", "orders")
                .property("posthorn.schema", "create")
                .build();
    }

    @ParameterizedTest
    @EnumSource
    public void committedEventIsFoundOnKafka(Caller caller) {
        String order = "committed by " + caller;

        caller.inTransaction(() -> {
            shop.buy(order);
            shop.place(order, "hello");
        });

        List<BrokerRecord> records = broker.awaitRecords("orders", 1).stream()
                .filter(sent -> order.equals(sent.key()))
                .toList();
        assertEquals(1, records.size());
        assertEquals("OrderPlaced", records.get(0).header("ce_type"));
    }
}
