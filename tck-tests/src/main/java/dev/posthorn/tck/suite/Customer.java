package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.once.Turnstiles;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Somebody for whom errands are run and tours are made: a key of events, and what has to be done for them. */
final class Customer {

    static final String TOPIC = "errands";
    static final String FOLLOW_UPS = "returned";

    private static final Pattern WHAT = Pattern.compile("\"what\":\"([^\"]*)\"");

    private final String name;
    private final String type;
    private final Errands errands;
    private final Turnstiles turnstiles;
    private final DeedTable deeds;

    Customer(String name, String type, Errands errands, Turnstiles turnstiles, DeedTable deeds) {
        this.name = name;
        this.type = type;
        this.errands = errands;
        this.turnstiles = turnstiles;
        this.deeds = deeds;
    }

    void send(int number, Integer... partitions) {
        errands.send(type, name, Integer.toString(number), partitions);
    }

    /** The next one who gets to this step for this customer stays there. */
    Customer heldUp(String step) {
        turnstiles.close(name, step);
        return this;
    }

    /** The next one who does this for this customer fails. */
    Customer failing(String what) {
        turnstiles.fail(name, what);
        return this;
    }

    /** Nobody can do this for this customer until it is {@link #mend}ed. */
    Customer impossible(String what) {
        turnstiles.makeImpossible(name, what);
        return this;
    }

    void mend(String what) {
        turnstiles.mend(name, what);
    }

    String awaitHolder(String step) {
        return Awaitility.await(name + " being held " + step)
                .atMost(TckSettings.patience())
                .until(() -> turnstiles.holder(name, step), holder -> !holder.isEmpty());
    }

    void letGo(String step) {
        turnstiles.letGo(name, step);
    }

    /** How often an event has arrived, on whichever node. */
    int arrivals(int number) {
        return turnstiles.notes(name, "arrived " + number).size();
    }

    List<String> deeds() {
        return deeds.of(name);
    }

    void awaitEntries(String... states) {
        Awaitility.await("entries of " + name)
                .atMost(TckSettings.patience())
                .untilAsserted(() -> assertEquals(List.of(states), deeds.unfinished(name)));
    }

    /** So many errands are run, each once and in their order, and told of as one event each. */
    void requireErrands(int count) {
        requireDeeds(IntStream.rangeClosed(1, count)
                .boxed()
                .flatMap(i -> Stream.of(Integer.toString(i), "filed " + i))
                .toList());
        awaitEntries();
        requireFollowUps(
                IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
    }

    /** These, in this order, and nothing else. */
    void requireDeeds(List<String> expected) {
        Awaitility.await("deeds for " + name)
                .atMost(TckSettings.patience())
                .untilAsserted(() -> assertEquals(expected, deeds.of(name)));
    }

    /** An event may be delivered twice, then with the same id, but one deed never makes two events. */
    private void requireFollowUps(List<String> expected) {
        Awaitility.await("follow-ups for " + name)
                .atMost(TckSettings.patience())
                .untilAsserted(() -> assertEquals(expected, firstDeliveries()));
    }

    private List<String> firstDeliveries() {
        Set<String> ids = new HashSet<>();
        return Fixtures.broker().topics().read(FOLLOW_UPS, 0, Duration.ZERO).stream()
                .filter(sent -> name.equals(sent.key()) && ids.add(sent.header("ce_id")))
                .map(sent -> what(sent.payload()))
                .toList();
    }

    private static String what(String payload) {
        Matcher matcher = WHAT.matcher(payload);
        return matcher.find() ? matcher.group(1) : payload;
    }

    @Override
    public String toString() {
        return name;
    }
}
