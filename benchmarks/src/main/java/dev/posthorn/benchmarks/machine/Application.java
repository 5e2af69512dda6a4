package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.emitter.OrderEmitter;
import dev.posthorn.benchmarks.jms.XaShop;
import dev.posthorn.benchmarks.load.Load;
import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.benchmarks.relay.PollingRelay;
import dev.posthorn.benchmarks.server.Contenders;
import dev.posthorn.benchmarks.shipping.Handlers;
import dev.posthorn.benchmarks.shop.Shop;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a web archive has of its own.
 *
 * @param libraries which jars of the build's it has, by their names
 * @param configuration of MicroProfile Config
 */
public record Application(Package[] packages, String libraries, Driver driver, String configuration) {

    private static final String POSTHORN = "posthorn.*";

    private static final String CONNECTOR =
            """
            mp.messaging.connector.%1$s.bootstrap.servers=%2$s
            posthorn.schema=create
            posthorn.retention=%3$s
            """;

    /** The same for Posthorn's channel and the one of those who do it by hand. */
    private static final String CHANNEL =
            """
            mp.messaging.outgoing.%1$s.connector=%2$s
            mp.messaging.outgoing.%1$s.key.serializer=org.apache.kafka.common.serialization.StringSerializer
            mp.messaging.outgoing.%1$s.value.serializer=org.apache.kafka.common.serialization.ByteArraySerializer
            mp.messaging.outgoing.%1$s.acks=all
            mp.messaging.outgoing.%1$s.linger.ms=%3$d
            mp.messaging.outgoing.%1$s.max.request.size=%4$d
            """;

    /** The same for all channels; what is not committed is not seen, so that a backlog appears at once. */
    private static final String SHIPPING =
            """
            mp.messaging.connector.smallrye-kafka.bootstrap.servers=%s
            mp.messaging.connector.smallrye-kafka.auto.offset.reset=earliest
            mp.messaging.connector.smallrye-kafka.isolation.level=read_committed
            mp.messaging.connector.smallrye-kafka.value.deserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer
            mp.messaging.connector.smallrye-kafka.cloud-events=false
            mp.messaging.connector.smallrye-kafka.throttled.unprocessed-record-max-age.ms=0
            mp.messaging.incoming.posthorn-trivial.connector=smallrye-kafka
            mp.messaging.incoming.posthorn-trivial.group.id=posthorn-trivial
            mp.messaging.incoming.posthorn-row.connector=smallrye-kafka
            mp.messaging.incoming.posthorn-row.group.id=posthorn-row
            mp.messaging.incoming.incoming-trivial.connector=smallrye-kafka
            mp.messaging.incoming.incoming-trivial.group.id=incoming-trivial
            mp.messaging.incoming.incoming-row.connector=smallrye-kafka
            mp.messaging.incoming.incoming-row.group.id=incoming-row
            mp.messaging.incoming.incoming-row-unordered.connector=smallrye-kafka
            mp.messaging.incoming.incoming-row-unordered.group.id=incoming-row-unordered
            smallrye.messaging.worker.eight.max-concurrency=8
            posthorn.schema=create
            posthorn.inbox.channels=posthorn-trivial,posthorn-row
            posthorn.inbox.parallelism=%d
            posthorn.inbox.in-flight.max-events=%d
            """;

    /** With Posthorn, and all that is done by hand in its place. */
    public static Application shop(String kafkaConnector, Resources resources, Duration retention) {
        return new Application(
                packages(Shop.class, OrderEmitter.class, PollingRelay.class, Contenders.class, Load.class),
                POSTHORN,
                Driver.of(resources),
                CONNECTOR.formatted(kafkaConnector, resources.bootstrapServers(), retention)
                        + channel("posthorn", kafkaConnector, resources)
                        + channel(OrderEmitter.CHANNEL, kafkaConnector, resources));
    }

    private static String channel(String name, String kafkaConnector, Resources resources) {
        return CHANNEL.formatted(name, kafkaConnector, resources.lingerMillis(), Resources.MAX_REQUEST_BYTES);
    }

    public static Application shipping(Resources resources, int parallelism, int inFlight) {
        return new Application(
                packages(Handlers.class),
                POSTHORN,
                Driver.of(resources),
                SHIPPING.formatted(resources.bootstrapServers(), parallelism, inFlight));
    }

    /** Without Posthorn, but for the annotations of the event's class. */
    public static Application jms() {
        return new Application(
                packages(XaShop.class, Contenders.class, Load.class), "posthorn-api.*", Driver.POSTGRESQL_XA, "");
    }

    /** @param classes one of each */
    private static Package[] packages(Class<?>... classes) {
        return Arrays.stream(classes).map(Class::getPackage).toArray(Package[]::new);
    }
}
