package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventDelivered;
import dev.posthorn.EventInfo;
import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvents;
import dev.posthorn.tck.app.TckApplication;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.control.BrokerRecord;
import dev.posthorn.tck.control.BrokerRecord.Header;
import dev.posthorn.tck.shop.Shop;
import dev.posthorn.tck.shop.TransactionalBean;
import dev.posthorn.tck.wire.Deliveries;
import dev.posthorn.tck.wire.Parcels;
import dev.posthorn.tck.wire.Parcels.Parcel;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What has arrived is what was published: attributes, payload, key and headers, where it was to go. */
@ExtendWith(ArquillianExtension.class)
@Tag("variants")
@Tag("everywhere")
public class WireIT {

    private static final int FIVE_MEGABYTES = 5 << 20;
    private static final String UNICODE = "Grüße, 世界 \uD83D\uDCEF";

    private final Topic topic = new Topic("wire");
    private final Topic otherTopic = new Topic("wire-other");

    @Inject
    private Event<Object> events;

    @Inject
    private IntegrationEvents integrationEvents;

    @Inject
    private Deliveries deliveries;

    @Inject
    private Shop shop;

    @Inject
    private TransactionalBean transactional;

    @Deployment
    public static WebArchive archive() {
        return TckArchive.named("wire")
                .withPosthorn()
                .withPackageOf(Shop.class)
                .withPackageOf(Parcels.class)
                .with(Topic.class, TckApplication.class)
                .events("posthorn", "wire", "wire-large", "orders")
                .property("mp.messaging.outgoing.posthorn.max.request.size", Integer.toString(2 * FIVE_MEGABYTES))
                .events("other", "wire-other")
                .property("posthorn.event.parcel.redirected.channel", "other")
                .property("posthorn.event.parcel.redirected.topic", "wire-other")
                .property("posthorn.schema", "create")
                .build();
    }

    @Test
    public void attributesOfCloudEventsAreCompleteAndRight() {
        String id = newId();
        Instant before = Instant.now();
        transactional.inTransaction(() -> events.fire(new Parcel(id, "text")));
        Instant after = Instant.now();

        BrokerRecord sent = topic.awaitOne(id);
        assertEquals(
                Set.of("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "ce_partitionkey", "content-type"),
                sent.headers().stream().map(Header::name).collect(Collectors.toSet()));
        assertEquals(7, sent.headers().size());
        assertEquals("1.0", sent.header("ce_specversion"));
        assertEquals(sent.header("ce_id"), UUID.fromString(sent.header("ce_id")).toString());
        assertEquals("Parcel", sent.header("ce_type"));
        assertEquals("/wire", sent.header("ce_source"), "the application's name");
        assertEquals(id, sent.header("ce_partitionkey"));
        assertEquals("application/json", sent.header("content-type"));
        assertEquals("{\"id\":\"" + id + "\",\"text\":\"text\"}", sent.payload());
        Instant time = OffsetDateTime.parse(sent.header("ce_time")).toInstant();
        assertFalse(time.isBefore(before.minusMillis(1)), () -> time + " is before " + before);
        assertFalse(time.isAfter(after), () -> time + " is after " + after);
    }

    @Test
    @RunAsClient
    public void consumerThatKnowsNothingButCloudEventsUnderstandsAnEvent(@ArquillianResource URI application)
            throws Exception {
        String id = newId();
        OffsetDateTime before = OffsetDateTime.now().minusSeconds(1);
        var request = HttpRequest.newBuilder(application.resolve("api/parcels/" + id))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertEquals(
                204,
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode());

        var event = CloudEventsConsumer.awaitEvent("wire", id);

        assertEquals("1.0", event.getSpecVersion().toString());
        assertEquals(event.getId(), UUID.fromString(event.getId()).toString());
        assertEquals("Parcel", event.getType());
        assertEquals(URI.create("/wire"), event.getSource());
        assertTrue(event.getTime().isAfter(before) && event.getTime().isBefore(OffsetDateTime.now()));
        assertEquals("application/json", event.getDataContentType());
        assertEquals(id, event.getExtension("partitionkey"));
        assertEquals(Set.of("partitionkey"), event.getExtensionNames());
        assertEquals(
                "{\"id\":\"" + id + "\",\"text\":\"for everybody\"}",
                new String(event.getData().toBytes(), StandardCharsets.UTF_8));
    }

    @Test
    public void payloadOfFiveMegabytesArrives() {
        String id = newId();
        String content = "0123456789abcdef".repeat(FIVE_MEGABYTES / 16);

        transactional.inTransaction(() -> events.fire(new Parcels.Large(id, content)));

        BrokerRecord sent = new Topic("wire-large").awaitOne(id);
        assertEquals("{\"content\":\"" + content + "\",\"id\":\"" + id + "\"}", sent.payload());
    }

    @Test
    public void classWithoutPropertiesIsAnEmptyObject() {
        String id = newId();

        transactional.inTransaction(
                () -> integrationEvents.draft(new Parcels.Empty()).key(id).publish());

        BrokerRecord sent = topic.awaitOne(id);
        assertEquals("Empty", sent.header("ce_type"));
        assertEquals("{}", sent.payload());
    }

    @Test
    public void keysHeadersAndPayloadsMayHaveAnyCharacter() {
        String id = newId() + UNICODE;

        transactional.inTransaction(() -> integrationEvents
                .draft(new Parcel(id, UNICODE + "\"\\\n\t"))
                .header("greeting", UNICODE)
                .header("größe", "")
                .publish());

        BrokerRecord sent = topic.awaitOne(id);
        assertEquals(id, sent.header("ce_partitionkey"));
        assertEquals(UNICODE, sent.header("greeting"));
        assertEquals("", sent.header("größe"));
        assertEquals("{\"id\":\"" + id + "\",\"text\":\"" + UNICODE + "\\\"\\\\\\n\\t\"}", sent.payload());
    }

    @Test
    public void oneTransactionPublishesOnSeveralChannels() {
        String id = newId();

        transactional.inTransaction(() -> {
            events.fire(new Parcel(id, "one channel"));
            events.fire(new Parcels.OnOtherChannel(id));
            events.fire(new Parcel(id, "the first again"));
        });

        assertEquals(List.of("Parcel", "Parcel"), topic.awaitTypes(id, 2));
        assertEquals(List.of("OnOtherChannel"), otherTopic.awaitTypes(id, 1));
    }

    @Test
    public void configOverridesTopicAndChannelOfAType() {
        String id = newId();

        transactional.inTransaction(() -> events.fire(new Parcels.Redirected(id)));

        assertEquals("parcel.redirected", otherTopic.awaitOne(id).header("ce_type"));
    }

    @Test
    public void draftOverridesTopicAndKeyAndAddsHeaders() {
        String id = newId();

        transactional.inTransaction(() -> integrationEvents
                .draft(new Parcel("overridden", "text"))
                .topic("wire-other")
                .key(id)
                .header("tenant", "blue")
                .header("tenant", "green")
                .publish());

        BrokerRecord sent = otherTopic.awaitOne(id);
        assertEquals("Parcel", sent.header("ce_type"));
        assertEquals(id, sent.header("ce_partitionkey"));
        assertEquals("green", sent.header("tenant"));
        assertEquals("{\"id\":\"overridden\",\"text\":\"text\"}", sent.payload());
    }

    @Test
    public void namesOfHeadersThatBelongToCloudEventsAreRefused() {
        var draft = integrationEvents.draft(new Parcel(newId(), "never published"));

        for (String name : List.of(
                "",
                " ",
                "ce_id",
                "CE_extension",
                "content-type",
                "Content-Type",
                "posthornreplayof",
                "cloudEvents_id",
                "cloudEvents:id",
                "CLOUDEVENTS_SOURCE",
                "cloudevents:x")) {
            assertThrows(IllegalArgumentException.class, () -> draft.header(name, "value"), name);
        }
        assertThrows(IllegalArgumentException.class, () -> draft.topic(" "));
        assertThrows(NullPointerException.class, () -> draft.header("name", null));
        assertThrows(NullPointerException.class, () -> draft.key(null));
        assertThrows(NullPointerException.class, () -> draft.topic(null));
        assertThrows(NullPointerException.class, () -> integrationEvents.publish(null));
    }

    @Test
    public void publishAllKeepsTheOrderGiven() {
        String id = newId();
        List<Parcel> parcels = IntStream.range(0, 120)
                .mapToObj(number -> new Parcel(id, "number " + number))
                .toList();

        transactional.inTransaction(() -> integrationEvents.publishAll(parcels));

        assertEquals(
                parcels.stream().map(WireIT::json).toList(),
                topic.await(id, 120).stream().map(BrokerRecord::payload).toList());
    }

    @Test
    public void publishAllPublishesAllOrNone() {
        String id = newId();

        transactional.inTransaction(() -> {
            for (Object bad : List.of(new Parcels.Broken(id), new Parcels.Private(id))) {
                assertThrows(
                        EventNotPublishableException.class,
                        () -> integrationEvents.publishAll(List.of(new Parcel(id, "first"), bad)));
            }
            integrationEvents.publishAll(List.of());
            integrationEvents.publish(new Parcel(id, "the only one"));
        });

        assertEquals(json(new Parcel(id, "the only one")), topic.awaitOne(id).payload());
        assertEquals(1, shop.rows(id).size());
    }

    @Test
    public void publishedDirectlyAnEventIsNotShownToObservers() {
        String fired = newId();
        String published = newId();

        transactional.inTransaction(() -> {
            events.fire(new Parcel(fired, "fired"));
            integrationEvents.publish(new Parcel(published, "published"));
        });

        topic.awaitOne(published);
        assertTrue(deliveries.isObserved(fired));
        assertFalse(deliveries.isObserved(published));
    }

    @Test
    public void whatIsNoIntegrationEventIsRefusedWithTheRemedy() {
        var refusal = assertThrows(
                EventNotPublishableException.class, () -> integrationEvents.publish(new Parcels.Private("text")));

        String message = refusal.getMessage();
        assertTrue(message.contains(Parcels.Private.class.getName()), message);
        assertTrue(message.contains("Annotate the class with @IntegrationEvent"), message);
    }

    @Test
    public void deliveryIsNotifiedOnceForEachEvent() {
        String id = newId();

        transactional.inTransaction(() -> {
            events.fire(new Parcel(id, "one"));
            events.fire(new Parcel(id, "two"));
        });
        awaitDeliveries(id, 2);
        transactional.inTransaction(() -> events.fire(new Parcels.OnOtherChannel(id)));
        List<EventDelivered> delivered = awaitDeliveries(id, 3);

        Stream<BrokerRecord> sent = Stream.concat(topic.of(id).stream(), otherTopic.of(id).stream());
        assertEquals(
                sent.map(one -> one.header("ce_id")).collect(Collectors.toSet()),
                delivered.stream().map(one -> one.event().id()).collect(Collectors.toSet()));
        EventDelivered last = delivered.get(2);
        assertEquals(
                new EventInfo(last.event().id(), "OnOtherChannel", "/wire", "other", "wire-other", id), last.event());
        assertEquals(0, last.attempts());
    }

    private List<EventDelivered> awaitDeliveries(String key, int count) {
        List<EventDelivered> delivered = Awaitility.await("deliveries of " + key)
                .atMost(Duration.ofSeconds(60))
                .until(() -> deliveries.of(key), found -> found.size() >= count);
        assertEquals(count, delivered.size());
        return delivered;
    }

    private static String json(Parcel parcel) {
        return "{\"id\":\"" + parcel.id() + "\",\"text\":\"" + parcel.text() + "\"}";
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
