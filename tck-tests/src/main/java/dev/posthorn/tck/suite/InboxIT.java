package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.operator.InboxOperator;
import dev.posthorn.operator.ReceivedCount;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedId;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.operator.ReceivedSummary;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.control.BrokerControl;
import dev.posthorn.tck.control.BrokerRecord;
import dev.posthorn.tck.inbox.Desk;
import dev.posthorn.tck.inbox.Payment;
import dev.posthorn.tck.inbox.Unprintable;
import dev.posthorn.tck.shop.Resources;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What arrives is handled once, in order, or kept. Each test has orders of its own. */
@Tag("variants")
@ExtendWith(ArquillianExtension.class)
@Tag("everywhere")
public class InboxIT {

    private static final String TOPIC = "arriving";
    private static final String PLAIN = "arriving-plain";
    private static final String OWN = "arriving-own";

    /** Repeats the random cases of an earlier run. */
    private static final String SEED = "wire.seed";

    private final BrokerControl broker = new BrokerControl();
    private final Topic answers = new Topic("answers");
    private final String order = UUID.randomUUID().toString();

    @Inject
    private Desk desk;

    @Inject
    private InboxOperator operator;

    @Deployment
    public static WebArchive archive() {
        return TckArchive.named("inbox")
                .withPosthorn()
                .withPackageOf(Desk.class)
                .with(Resources.class)
                .with(Topic.class)
                .with(WireCase.class, WireCase.Fate.class, WireCases.class)
                .property(SEED, System.getProperty(SEED, Long.toString(new Random().nextLong())))
                .events("posthorn", "answers")
                .incoming("arriving", TOPIC)
                .incoming("plain", PLAIN)
                .incoming("own", OWN)
                .property("posthorn.inbox.channels", "arriving,plain")
                .property("posthorn.inbox.own-channels", "own")
                .property("posthorn.channel.plain.inbox.type", "Order")
                .property("posthorn.inbox.retry.delay", "PT0.5S")
                .property("posthorn.inbox.retry.max-attempts", "3")
                .property("posthorn.event.Journey.inbox.transactions", "per-handler")
                .property("posthorn.schema", "create")
                .build();
    }

    @Test
    public void itIsHandledByAllItsHandlersInTheirOrderAndKnowsWhatItIs() {
        String id = newId();
        send("Order", id, "plain", Map.of("colour", "red", "ce_traceparent", "00-trace"));

        awaitDone("observer plain", "handler plain");
        awaitCalls(
                "begin",
                "attempt 1 of " + id + " from /sender on arriving with red and 00-trace",
                "observer plain",
                "handler plain",
                "end");
        assertEquals(List.of("1 after 0"), desk.entries(id));
    }

    @Test
    public void anotherVersionMayHaveFieldsMoreAndFieldsLess() {
        broker.send(
                TOPIC,
                BrokerRecord.of(
                        order,
                        "{\"order\":\"%s\",\"colour\":\"red\",\"lines\":[{\"sku\":1}]}".formatted(order),
                        attributes("Skippable", newId())));

        awaitDone("skippable null");
    }

    @Test
    public void aRepetitionHasNoSecondEffect() {
        String id = newId();
        send("Order", id, "once");
        send("Order", id, "once");
        send("Order", newId(), "after");

        awaitDone("observer once", "handler once", "observer after", "handler after");
    }

    @Test
    public void whatFailsIsRolledBackAndHandledAgainWhileItsKeyWaitsAndOthersGoOn() {
        desk.fail("handler failing", 2);
        String other = UUID.randomUUID().toString();
        send("Order", newId(), "failing");
        send("Order", newId(), "after");
        send(other, "Order", newId(), "unrelated", Map.of());

        awaitDoneOf(other, "observer unrelated", "handler unrelated");
        awaitDone("observer failing", "handler failing", "observer after", "handler after");
        assertTrue(desk.calls(order).contains("failed 1: handler failing fails, as told"));
        assertTrue(desk.calls(order).contains("failed 2: handler failing fails, as told"));
    }

    @Test
    public void whatHasUsedUpItsAttemptsIsDeadAndItsKeyWaitsUntilItIsRequeued() {
        String dead = newId();
        String after = newId();
        desk.fail("observer dying", 3);
        send("Order", dead, "dying");
        send("Order", after, "after");

        await().until(() -> desk.entries(dead).equals(List.of("6 after 3")));
        await().until(() -> desk.entries(after).equals(List.of("3 after 0")));
        assertEquals(List.of(), desk.done(order));

        assertEquals(1, operator.requeue(only(dead)));
        awaitDone("observer dying", "handler dying", "observer after", "handler after");
    }

    @Test
    public void whatIsSkippedLetsItsKeyGoOnWhatIsDiscardedIsNotHandledAndWhatIsForgottenIsNew() {
        String skipped = newId();
        String discarded = newId();
        String after = newId();
        desk.fail("observer skipped", 3);
        send("Order", skipped, "skipped");
        send("Order", discarded, "discarded");
        send("Order", after, "after");
        await().until(() -> desk.entries(skipped).equals(List.of("6 after 3")));
        await().until(() -> desk.entries(after).equals(List.of("3 after 0")));

        assertEquals(1, operator.discard(only(discarded)));
        assertEquals(1, operator.skip(only(skipped)));
        awaitDone("observer after", "handler after");
        assertEquals(
                List.of(ReceivedState.DEAD, ReceivedState.HANDLED, ReceivedState.DISCARDED),
                operator.list(only(skipped, discarded, after), 10).events().stream()
                        .map(ReceivedSummary::state)
                        .sorted()
                        .toList());

        assertEquals(1, operator.requeue(only(skipped)));
        awaitDone("observer after", "handler after", "observer skipped", "handler skipped");
        assertEquals(1, operator.forget(only(after)));
        send("Order", after, "after");
        send("Order", discarded, "discarded");
        awaitDone(
                "observer after",
                "handler after",
                "observer skipped",
                "handler skipped",
                "observer after",
                "handler after");
    }

    @Test
    public void aKeyGoesOnWithoutWhatMayBeSkipped() {
        desk.fail("skippable dying", 3);
        send("Skippable", newId(), "dying");
        send("Skippable", newId(), "after");

        awaitDone("skippable after");
    }

    @Test
    public void whatCantBeReadIsKeptAsItCameAndNothingStops() {
        String noJson = newId();
        broker.send(TOPIC, BrokerRecord.of(order, "this is no JSON", attributes("Order", noJson)));
        broker.send(TOPIC, BrokerRecord.of(order, "{}", Map.of("ce_specversion", "1.0", "ce_type", "Order")));

        await().until(() -> desk.entries(noJson).equals(List.of("6 after 1")));
        String other = UUID.randomUUID().toString();
        send(other, "Skippable", newId(), "unrelated", Map.of());
        awaitDoneOf(other, "skippable unrelated");
    }

    /** Reading it throws an Error: of its class, or of its code. */
    @Test
    public void anErrorInReadingIsKeptDeadAndItsNeighboursAreHandled() {
        String broken = newId();
        neighbour("before");
        broker.send(TOPIC, BrokerRecord.of(order, data("broken"), attributes("Broken", broken)));
        neighbour("behind");

        awaitDeadBetweenNeighbours(broken, "Broken");
    }

    @Test
    public void aStackOverflowInReadingIsTriedAgainAndThenKeptDeadAndItsNeighboursAreHandled() {
        String overflow = newId();
        neighbour("before");
        send("Troublesome", overflow, "overflow");
        neighbour("behind");

        awaitDeadBetweenNeighbours(overflow, "StackOverflowError");
    }

    @Test
    public void anIdempotencyKeyWithoutTextIsKeptDeadAndItsNeighboursAreHandled() {
        String throwing = newId();
        String none = newId();
        neighbour("before");
        sendParcel(throwing, "{\"value\":\"\"}");
        sendParcel(none, "{}");
        neighbour("behind");

        awaitDeadBetweenNeighbours(throwing, "StringIndexOutOfBoundsException");
        awaitDead(none, "toString() returns null");
    }

    @Test
    public void aFailureThatCantBePrintedIsKeptDeadAndItsNeighboursAreHandled() {
        String unprintable = newId();
        neighbour("before");
        send("Troublesome", unprintable, "unprintable");
        neighbour("behind");

        awaitDeadBetweenNeighbours(unprintable, Unprintable.class.getName());
        assertEquals(
                List.of("troublesome unprintable", "troublesome unprintable", "troublesome unprintable"),
                desk.calls(order));
    }

    @Test
    public void anErrorOfAHandlerIsAFailureLikeAnyOther() {
        String error = newId();
        neighbour("before");
        send("Troublesome", error, "error");
        neighbour("behind");

        awaitDeadBetweenNeighbours(error, "of a handler");
    }

    private final String neighbour = UUID.randomUUID().toString();

    private void neighbour(String text) {
        send(neighbour, "Skippable", newId(), text, Map.of());
    }

    private void sendParcel(String id, String number) {
        broker.send(
                TOPIC,
                BrokerRecord.of(
                        order,
                        "{\"number\":%s,\"order\":\"%s\",\"text\":\"parcel\"}".formatted(number, order),
                        attributes("Parcel", id)));
    }

    private void awaitDeadBetweenNeighbours(String id, String error) {
        awaitDoneOf(neighbour, "skippable before", "skippable behind");
        awaitDead(id, error);
        assertEquals(List.of("skippable before", "skippable behind"), desk.calls(neighbour));
        assertEquals(List.of(), desk.done(order));
        await().until(() -> broker.unanswered(group(), TOPIC) == 0);
    }

    private void awaitDead(String id, String error) {
        await().until(() -> operator.inspect(received(id))
                .filter(details -> details.summary().state() == ReceivedState.DEAD)
                .isPresent());
        String kept = String.valueOf(
                operator.inspect(received(id)).orElseThrow().summary().error());
        assertTrue(kept.contains(error), kept);
        assertEquals(1, operator.list(only(id), 10).events().size());
    }

    /** Each case stands between neighbours of its key, whose type lets the key go on without it. */
    @Test
    public void whateverOthersSendIsHandledAsWhatItIsOrKeptAndItsNeighboursAreHandledOnce() {
        long seed = ConfigProvider.getConfig().getValue(SEED, Long.class);
        List<WireCase> cases = new ArrayList<>(WireCases.all());
        cases.addAll(WireCases.random(new Random(seed), 50));
        long expectedUnknown = unknownDead();
        for (int i = 0; i < cases.size(); i++) {
            send(order + i, "Skippable", newId(), "before " + i, Map.of());
            broker.send(TOPIC, cases.get(i).record(order + i));
            broker.send(TOPIC, cases.get(i).record(order + i));
            send(order + i, "Skippable", newId(), "behind " + i, Map.of());
        }
        await().until(() -> broker.unanswered(group(), TOPIC) == 0);
        for (int i = 0; i < cases.size(); i++) {
            WireCase wire = cases.get(i);
            String what = "case " + wire + " of seed " + seed;
            List<String> expected = wire.fate() == WireCase.Fate.HANDLED
                    ? List.of("skippable before " + i, wire.work(), "skippable behind " + i)
                    : List.of("skippable before " + i, "skippable behind " + i);
            assertEquals(expected, desk.done(order + i), what);
            ReceivedId id = new ReceivedId("/wire", order + i);
            assertEquals(
                    wire.fate() == WireCase.Fate.DEAD,
                    operator.inspect(id)
                            .filter(details -> details.summary().state() == ReceivedState.DEAD)
                            .isPresent(),
                    what);
            expectedUnknown += wire.fate() == WireCase.Fate.UNKNOWN ? 2 : 0;
        }
        assertEquals(expectedUnknown, unknownDead());
    }

    /** Those of which not even the type can be read. */
    private long unknownDead() {
        ReceivedFilter unknown =
                ReceivedFilter.all().channel("arriving").type("").states(ReceivedState.DEAD);
        return operator.counts(unknown).stream().mapToLong(ReceivedCount::count).sum();
    }

    private static String group() {
        return ConfigProvider.getConfig().getValue("mp.messaging.incoming.arriving.group.id", String.class);
    }

    @Test
    public void whatCantBeReadHoldsUpItsKeyIfItsTypeIsKnownAndSaysSo() {
        String unreadable = newId();
        broker.send(TOPIC, BrokerRecord.of(order, "{not json", attributes("Order", unreadable)));
        send("Order", newId(), "after");
        String skipped = newId();
        String skipping = UUID.randomUUID().toString();
        broker.send(TOPIC, BrokerRecord.of(skipping, "{not json", attributes("Skippable", skipped)));
        send(skipping, "Skippable", newId(), "after", Map.of());
        String untold = UUID.randomUUID().toString();
        broker.send(TOPIC, BrokerRecord.of(untold, "{}", Map.of("ce_specversion", "1.0", "ce_type", "Order")));
        send(untold, "Order", newId(), "after", Map.of());

        awaitDoneOf(skipping, "skippable after");
        awaitDoneOf(untold, "observer after", "handler after");
        await().until(() -> broker.unanswered(group(), TOPIC) == 0);
        assertTrue(
                operator.inspect(received(unreadable)).orElseThrow().summary().blocks());
        assertFalse(operator.inspect(received(skipped)).orElseThrow().summary().blocks());
        assertEquals(List.of(), desk.done(order));

        assertEquals(1, operator.discard(only(unreadable)));
        awaitDone("observer after", "handler after");
    }

    @Test
    public void whatCouldNotBeReadIsReadAgainWhenThatIsMendedAndThenKnownByItsKey() {
        String id = newId();
        String number = newId();
        Payment.cantBeRead(number);
        send("Payment", id, "garbled", Map.of(), number);
        send("Payment", newId(), "after", Map.of(), newId());
        await().until(() -> desk.entries(id).equals(List.of("6 after 1")));

        Payment.canBeRead(number);
        assertEquals(1, operator.requeue(only(id)));
        awaitDone("payment after", "payment garbled");
        send("Payment", newId(), "repeated", Map.of(), number);
        send("Payment", newId(), "last", Map.of(), newId());
        awaitDone("payment after", "payment garbled", "payment last");
        assertEquals(
                ReceivedState.DISCARDED,
                operator.inspect(received(id)).orElseThrow().summary().state());
    }

    @Test
    public void whatNobodyHandlesIsAcknowledged() {
        send("Unheard", newId(), "of");
        send("Order", newId(), "after");

        awaitDone("observer after", "handler after");
    }

    @Test
    public void aStructuredEventIsReadFromOneDocument() {
        String id = newId();
        broker.send(
                TOPIC,
                BrokerRecord.of(
                        order,
                        """
                        {"specversion": "1.0", "id": "%s", "source": "/sender", "type": "Order", "colour": "blue",
                         "time": "2026-01-01T00:00:00+01:00", "data": %s}"""
                                .formatted(id, data("structured")),
                        Map.of("content-type", "application/cloudevents+json; charset=UTF-8")));

        awaitDone("observer structured", "handler structured");
        assertTrue(
                desk.calls(order).contains("attempt 1 of " + id + " from /sender on arriving with blue and no trace"));
    }

    @Test
    public void plainDataIsReadOnAChannelThatSaysWhatItIs() {
        broker.send(PLAIN, BrokerRecord.of(order, data("plain"), Map.of()));

        awaitDone("observer plain", "handler plain");
    }

    @Test
    public void whatAHandlerFiresIsPublishedWithItsCommitAlone() {
        desk.fail("handler answer", 1);
        send("Order", newId(), "answer");

        awaitDone("observer answer", "handler answer");
        answers.awaitOne(order);
    }

    @Test
    public void aHandlerFindsTheResourcesOfItsApplication() {
        String id = newId();
        send("Order", id, "look up");

        awaitCalls(
                "begin",
                "attempt 1 of " + id + " from /sender on arriving with no colour and no trace",
                "observer look up",
                "handler look up",
                "looked up",
                "end");
    }

    @Test
    public void aBusinessKeyTakesThePlaceOfTheId() {
        String number = newId();
        send("Payment", newId(), "one", Map.of(), number);
        send("Payment", newId(), "two", Map.of(), number);
        send("Payment", newId(), "three", Map.of(), newId());

        awaitDone("payment one", "payment three");
    }

    @Test
    public void middlewareOutsideTheTransactionMaySkipAndMayGiveUp() {
        send("Order", newId(), "ignored");
        String id = newId();
        desk.fail("observer hopeless", 3);
        send("Order", id, "hopeless");
        send("Order", newId(), "after");

        awaitDone("observer after", "handler after");
        assertTrue(desk.calls(order).contains("ignored"));
        assertEquals(List.of("5 after 3"), desk.entries(id));
    }

    @Test
    public void stepsThatAreFinishedAreNotRepeated() {
        desk.fail("Car bumpy", 2);
        send("Journey", newId(), "bumpy");

        awaitDone("Flight bumpy", "Hotel bumpy", "Car bumpy");
        assertEquals(List.of("Flight bumpy", "Hotel bumpy", "Car bumpy", "Car bumpy", "Car bumpy"), desk.calls(order));
    }

    @Test
    public void whatWasFinishedIsMadeUpForInReverseOrder() {
        String id = newId();
        desk.fail("Car broken", 3);
        desk.fail("no Hotel broken", 1);
        send("Journey", id, "broken");

        awaitDone("Flight broken", "Hotel broken", "no Hotel broken", "no Flight broken");
        await().until(() -> desk.entries(id).get(0).startsWith("6 "));
        assertFalse(desk.calls(order).contains("no Car broken"), "an empty compensation");
        assertEquals(
                3,
                operator.inspect(received(id)).orElseThrow().summary().attempts(),
                "the attempts to handle it, which the log names too");
    }

    @Test
    public void emptyCompensationWhatHasNotFinishedIsNotMadeUpFor() {
        String id = newId();
        desk.fail("Flight empty", 3);
        send("Journey", id, "empty");

        await().until(() -> desk.entries(id).equals(List.of("6 after 3")));
        assertEquals(List.of("Flight empty", "Flight empty", "Flight empty"), desk.calls(order));
    }

    @Test
    public void faultToleranceCallsAHandlerAgainWithinOneAttempt() {
        String id = newId();
        send("Ticket", id, "first class");

        awaitDone("ticket first class");
        assertEquals("attempt 1", desk.calls(order).get(2));
        assertEquals(List.of("1 after 0"), desk.entries(id));
    }

    @Test
    public void aHandlerThatHangsHoldsUpItsKeyAlone() {
        desk.hold("observer hanging");
        String other = UUID.randomUUID().toString();
        send("Order", newId(), "hanging");
        send("Order", newId(), "after");
        for (int i = 0; i < 20; i++) {
            send(other, "Order", newId(), "unrelated", Map.of());
        }

        await().until(() -> desk.done(other).size() == 40);
        assertEquals(List.of(), desk.done(order));
        desk.letGo("observer hanging");
        awaitDone("observer hanging", "handler hanging", "observer after", "handler after");
    }

    @Test
    public void whatTheApplicationReceivesItselfItMayHandOver() {
        String id = newId();
        broker.send(OWN, BrokerRecord.of(order, data("own"), attributes("Order", id)));
        broker.send(OWN, BrokerRecord.of(order, data("own"), attributes("Order", id)));

        awaitDone("observer own", "handler own");
        assertTrue(
                desk.calls(order).contains("attempt 1 of " + id + " from /sender on own with no colour and no trace"));
    }

    @Test
    public void anEventOfAHierarchyComesToTheObserversOfItsClass() {
        for (String kind : List.of("dunning", "thanks")) {
            broker.send(
                    TOPIC,
                    BrokerRecord.of(
                            order,
                            "{\"@kind\":\"%s\",\"order\":\"%s\",\"text\":\"%s\"}".formatted(kind, order, "for " + kind),
                            attributes("Notice", newId())));
        }

        awaitDone(
                "dunning for dunning",
                "notice for dunning of Dunning",
                "notice for thanks of Thanks",
                "thanks for thanks");
    }

    @Test
    public void middlewareOutsideTheTransactionIsToldOfSuccessOfWhatIsHandledAlone() {
        String poison = newId();
        String behind = newId();
        desk.fail("observer poison", 3);
        send("Order", poison, "poison");
        send("Order", behind, "behind");
        send("Order", behind, "behind");
        await().until(() -> desk.entries(poison).equals(List.of("6 after 3")));
        await().until(() -> desk.entries(behind).size() == 1);
        send("Order", newId(), "last");
        await().until(() -> Collections.frequency(desk.calls(order), "begin") >= 6);
        assertEquals(0, Collections.frequency(desk.calls(order), "end"));

        operator.requeue(only(poison));
        awaitDone(
                "observer poison",
                "handler poison",
                "observer behind",
                "handler behind",
                "observer last",
                "handler last");
        await().until(() -> Collections.frequency(desk.calls(order), "end") == 3);
    }

    private static ReceivedFilter only(String... ids) {
        return ReceivedFilter.all()
                .ids(Arrays.stream(ids).map(InboxIT::received).toList());
    }

    private static ReceivedId received(String id) {
        return new ReceivedId("/sender", id);
    }

    private void send(String type, String id, String text) {
        send(type, id, text, Map.of());
    }

    private void send(String type, String id, String text, Map<String, String> headers) {
        send(order, type, id, text, headers);
    }

    private void send(String type, String id, String text, Map<String, String> headers, String number) {
        Map<String, String> all = new HashMap<>(attributes(type, id));
        all.putAll(headers);
        broker.send(
                TOPIC,
                BrokerRecord.of(
                        order,
                        "{\"number\":\"%s\",\"order\":\"%s\",\"text\":\"%s\"}".formatted(number, order, text),
                        all));
    }

    private void send(String key, String type, String id, String text, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(attributes(type, id));
        all.putAll(headers);
        broker.send(TOPIC, BrokerRecord.of(key, data(key, text), all));
    }

    private static Map<String, String> attributes(String type, String id) {
        return Map.of("ce_specversion", "1.0", "ce_type", type, "ce_id", id, "ce_source", "/sender");
    }

    private String data(String text) {
        return data(order, text);
    }

    private static String data(String order, String text) {
        return "{\"order\":\"%s\",\"text\":\"%s\"}".formatted(order, text);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private void awaitDone(String... work) {
        awaitDoneOf(order, work);
    }

    private void awaitDoneOf(String ofOrder, String... work) {
        Awaitility.await(String.join(", ", work))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertEquals(List.of(work), desk.done(ofOrder)));
    }

    private void awaitCalls(String... calls) {
        await().untilAsserted(() -> assertEquals(List.of(calls), desk.calls(order)));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }
}
