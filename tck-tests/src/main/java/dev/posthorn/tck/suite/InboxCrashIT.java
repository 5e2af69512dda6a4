package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fixture.ConsumerGroup;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.once.Deed;
import dev.posthorn.tck.once.Turnstiles;
import dev.posthorn.tck.server.ServerProcess;
import dev.posthorn.tck.shop.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two nodes receive, and die at every step: what they leave is finished, each step of it once and in order, whoever finishes it and
 * however often it arrives. Each test starts the nodes it needs; their order is that with the fewest starts.
 */
@TestMethodOrder(OrderAnnotation.class)
public class InboxCrashIT {

    private static final String NAME = "inboxcrash";
    private static final Path TURNSTILES = TckSettings.directory("turnstiles/" + UUID.randomUUID());

    private static final int KEYS = 12;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static List<ServerProcess> nodes = List.of();

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Turnstiles turnstiles = new Turnstiles(TURNSTILES);
    private final DeedTable deeds = new DeedTable(NAME);
    private final Errands errands = new Errands(Customer.TOPIC);

    @BeforeAll
    static void build() {
        assumeTrue(TckSettings.database().equals("postgresql"), "its statistics say who waits for whom");
        WebArchive archive = TckArchive.named(NAME)
                .withPosthorn()
                .withPackageOf(Deed.class)
                .with(Resources.class)
                .events("posthorn", Customer.FOLLOW_UPS)
                .incoming("errands", Customer.TOPIC)
                // A node that dies is missed soon.
                .property("mp.messaging.incoming.errands.session.timeout.ms", "6000")
                .property("mp.messaging.incoming.errands.heartbeat.interval.ms", "1000")
                .property("posthorn.inbox.channels", "errands")
                // Whoever is held up keeps a thread and a transaction, until his node dies.
                .property("posthorn.inbox.parallelism", "16")
                .property("posthorn.inbox.handling-timeout", "PT3M")
                .property("posthorn.inbox.retry.delay", "PT0.5S")
                .property("posthorn.event.Tour.inbox.transactions", "per-handler")
                .property("posthorn.event.Tour.inbox.retry.max-attempts", "1")
                .property("posthorn.node.timeout", "PT5S")
                .property("posthorn.schema", "create")
                .build();
        nodes = Stream.of("0", "1").map(number -> node(number, archive)).toList();
    }

    private static ServerProcess node(String number, WebArchive archive) {
        return ServerProcess.of(
                NAME + "-" + number,
                archive,
                Map.of(Turnstiles.DIRECTORY, TURNSTILES.toString(), Turnstiles.NODE, number));
    }

    @AfterAll
    static void closeNodes() {
        nodes.forEach(ServerProcess::close);
    }

    @AfterEach
    void close() {
        errands.close();
    }

    @Test
    @Order(1)
    void anEventThatTwoNodesReceiveAtOnceIsHandledByOneOfThem() {
        startAll();
        Customer customer = errandsFor("at once").heldUp("before 1");
        customer.send(1, 0, 1);
        customer.awaitHolder("before 1");
        awaitOneWaiting();
        assertEquals(List.of(), customer.deeds());
        customer.letGo("before 1");
        IntStream.rangeClosed(2, 50).forEach(i -> customer.send(i, 0, 0, 1, 1));

        customer.requireErrands(50);
    }

    @Test
    @Order(2)
    void whateverANodeWasDoingWhenItDiedIsFinishedByAnotherOne() {
        startAll();
        Customer twice = errandsFor("twice").heldUp("before 1");
        twice.send(1, 0);
        String dying = twice.awaitHolder("before 1");
        // The other node has it as well, and waits for the one that is going to die.
        twice.send(1, 1);
        awaitOneWaiting();
        EachStep steps = new EachStep(dying);

        nodes.get(Integer.parseInt(dying)).kill9();

        twice.requireErrands(1);
        steps.requireFinished();
    }

    @Test
    @Order(3)
    void whateverTheLastNodeWasDoingWhenItDiedIsFinishedAfterTheRestart() {
        List<ServerProcess> alive = alive();
        String dying = Integer.toString(nodes.indexOf(alive.get(0)));
        alive.stream().skip(1).forEach(ServerProcess::kill9);
        EachStep steps = new EachStep(dying);

        alive.get(0).kill9();
        startAll();

        steps.requireFinished();
    }

    @Test
    @Order(4)
    void nodesComeAndGoWhileEventsFlow() {
        startAll();
        List<Customer> customers =
                IntStream.range(0, KEYS).mapToObj(i -> errandsFor("flow-" + i)).toList();
        AtomicBoolean open = new AtomicBoolean(true);
        CompletableFuture<Integer> flow = CompletableFuture.supplyAsync(() -> sendWhile(open, customers));

        try {
            nodes.get(1).stop();
            nodes.get(1).start();
            nodes.get(0).kill9();
            nodes.get(0).start();
            awaitReceiving();
        } finally {
            open.set(false);
        }

        int sent = flow.join();
        customers.forEach(customer -> customer.requireErrands(sent));
    }

    /** Each event three times, to both partitions; one in ten fails at first. Answers how many each customer got. */
    private static int sendWhile(AtomicBoolean open, List<Customer> customers) {
        int number = 0;
        while (open.get()) {
            LockSupport.parkNanos(PAUSE.toNanos());
            number++;
            for (int i = 0; i < customers.size(); i++) {
                Customer customer = customers.get(i);
                if ((number + i) % 10 == 0) {
                    customer.failing("filed " + number);
                }
                customer.send(number, i % 2, i % 2, 1 - i % 2);
            }
        }
        return number;
    }

    /** One customer for each step of a handling, who is held up there on the node that is going to die. */
    private final class EachStep {

        private static final List<String> TOUR = List.of("Train", "Ship", "Balloon");
        private static final List<String> THERE_AND_BACK = List.of("Train", "Ship", "no Ship", "no Train");

        private final String dying;
        private final Customer working = errandsFor("working");
        private final Customer filing = errandsFor("filing");
        private final Customer committed = errandsFor("committed");
        private final Customer kept = errandsFor("kept").impossible("filed 1");
        private final List<Customer> touring;
        private final List<Customer> returning;

        EachStep(String dying) {
            this.dying = dying;
            held(working, "before 1");
            held(filing, "before filed 1");
            held(committed, "after 1");
            touring = Stream.of("before Train", "after Train", "before Ship", "after Ship", "before Balloon")
                    .map(step -> held(toursOf(step), step))
                    .toList();
            returning = Stream.of("before no Ship", "after no Ship", "before no Train")
                    .map(step -> heldIfThere(toursOf(step).failing("Balloon"), step))
                    .toList();
            kept.send(1, 0);
            errands().forEach(each -> each.send(2, 0));
            kept.awaitEntries("7", "3");
            assertEquals(List.of("1", "filed 1"), committed.deeds());
        }

        private Customer held(Customer customer, String step) {
            customer.heldUp(step).send(1, 0);
            assertEquals(dying, customer.awaitHolder(step), "the node where it is held: " + customer);
            return customer;
        }

        /** What is to be made up for is due at once: the other node may be quicker. */
        private Customer heldIfThere(Customer customer, String step) {
            customer.heldUp(step).send(1, 0);
            if (!customer.awaitHolder(step).equals(dying)) {
                customer.letGo(step);
            }
            return customer;
        }

        private Stream<Customer> errands() {
            return Stream.of(working, filing, committed, kept);
        }

        void requireFinished() {
            kept.mend("filed 1");
            errands().forEach(each -> each.requireErrands(2));
            assertTrue(committed.arrivals(1) >= 2, "what was committed and not acknowledged has come again");
            touring.forEach(each -> each.requireDeeds(TOUR));
            touring.forEach(Customer::awaitEntries);
            returning.forEach(each -> each.requireDeeds(THERE_AND_BACK));
            returning.forEach(each -> each.awaitEntries("6"));
        }
    }

    private Customer errandsFor(String who) {
        return new Customer(run + " " + who, "Errand", errands, turnstiles, deeds);
    }

    private Customer toursOf(String who) {
        return new Customer(run + " " + who, "Tour", errands, turnstiles, deeds);
    }

    private static List<ServerProcess> alive() {
        if (nodes.stream().noneMatch(ServerProcess::isAlive)) {
            nodes.get(0).start();
        }
        return nodes.stream().filter(ServerProcess::isAlive).toList();
    }

    private static void startAll() {
        ServerProcess.startAll(nodes);
        awaitReceiving();
    }

    private static void awaitReceiving() {
        try (ConsumerGroup group = new ConsumerGroup(NAME + ".war")) {
            group.awaitNodes(nodes.size());
        }
    }

    private void awaitOneWaiting() {
        Awaitility.await("one who waits for the other one's transaction")
                .atMost(TckSettings.patience())
                .until(() -> deeds.waiting() == 1);
    }
}
