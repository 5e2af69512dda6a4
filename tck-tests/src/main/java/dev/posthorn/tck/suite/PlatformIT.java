package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.app.KafkaSender;
import dev.posthorn.tck.app.Note;
import dev.posthorn.tck.app.Notes;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.control.BrokerControl;
import dev.posthorn.tck.control.BrokerRecord;
import dev.posthorn.tck.server.Server;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ground that the suite stands on: the data source is transactional, and what is sent reaches the broker. */
@ExtendWith(ArquillianExtension.class)
@Tag("everywhere")
public class PlatformIT {

    private final BrokerControl broker = new BrokerControl();

    @Inject
    private Notes notes;

    @Inject
    @Any
    private Instance<KafkaSender> senders;

    @Deployment
    public static WebArchive archive() {
        TckArchive archive = TckArchive.named("platform").with(Note.class, Notes.class, KafkaSender.class);
        for (var sender : Server.underTest().kafkaSenders()) {
            archive.with(sender).outgoing(KafkaSender.channel(sender), KafkaSender.channel(sender));
        }
        return archive.build();
    }

    @Test
    public void commitStores() {
        notes.store("committed");

        assertTrue(notes.isStored("committed"));
    }

    @Test
    public void rollbackStoresNothing() {
        assertThrows(IllegalStateException.class, () -> notes.storeAndFail("rolled back"));

        assertFalse(notes.isStored("rolled back"));
    }

    @Test
    public void sentRecordReachesTheBrokerWithKeyAndHeaders() throws Exception {
        for (var sender : senders.handles()) {
            sender.get()
                    .send("key", Map.of("name", "value"), "payload".getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);

            String topic = sender.getBean().getBeanClass().getSimpleName();
            BrokerRecord sent = broker.awaitRecords(topic, 1).get(0);
            assertEquals("key", sent.key(), topic);
            assertEquals("value", sent.header("name"), topic);
            assertEquals("payload", sent.payload(), topic);
        }
    }
}
