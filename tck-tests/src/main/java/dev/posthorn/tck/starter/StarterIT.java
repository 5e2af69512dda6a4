package dev.posthorn.tck.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.control.BrokerRecord;
import dev.posthorn.tck.fixture.Fixtures;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the documentation gives to copy works as it stands: nothing of the suite is in the application. */
@Tag("everywhere")
public class StarterIT {

    @Test
    void anOrderIsAnEventOnKafkaAndAParcel() throws Exception {
        Fixtures.broker().topics().create("OrderPlaced", 1);
        try (Starter starter = Starter.copy()) {
            starter.build();
            starter.start();

            String order = starter.place("{\"customer\":\"Ada\",\"amount\":12.50}");

            List<BrokerRecord> events = Fixtures.broker().topics().read("OrderPlaced", 1, Duration.ofSeconds(60));
            assertEquals(1, events.size());
            assertEquals("Ada", events.get(0).key());
            assertTrue(events.get(0).payload().contains("\"order\":" + order), events::toString);
            Awaitility.await("a parcel")
                    .atMost(Duration.ofSeconds(60))
                    .until(starter::parcels, parcels -> parcels.contains("\"order\":" + order));
        }
    }
}
