package dev.posthorn.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.Stub;
import dev.posthorn.clean.Cleaner;
import dev.posthorn.config.InboxConfig;
import dev.posthorn.config.MapConfig;
import dev.posthorn.receive.MessageReader;
import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.InboxStore.Admission;
import dev.posthorn.spi.InboxStore.Kept;
import dev.posthorn.spi.IncomingMessage;
import dev.posthorn.watch.StoreWatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Config changes in how one channel is received: every event fails, and the store and the broker say what they were told. */
class ConfiguredInboxTest {

    private final List<String> told = new ArrayList<>();
    private final Queue<Runnable> threads = new ArrayDeque<>();

    @Test
    void handlersWithoutAChannelAreAWarningWithTheLinesToWrite() {
        String none = InboxConfig.warningOfHandlers(MapConfig.of()).orElseThrow();
        assertTrue(none.startsWith("POSTHORN-6021 "), none);
        assertTrue(
                none.contains("\n    posthorn.inbox.channels=orders\n    mp.messaging.incoming.orders.connector="),
                none);

        String configured = InboxConfig.warningOfHandlers(MapConfig.of(
                        "mp.messaging.incoming.in.connector", "smallrye-kafka",
                        "mp.messaging.incoming.\"stock.eu\".connector", "smallrye-kafka",
                        "mp.messaging.incoming.in.topic", "x",
                        "mp.messaging.outgoing.out.connector", "smallrye-kafka"))
                .orElseThrow();
        assertTrue(configured.contains("\n    posthorn.inbox.channels=in,stock.eu\n"), configured);
        assertTrue(configured.contains("posthorn.inbox.own-channels=received"), configured);
    }

    @Test
    void whoeverReceivesIsNotWarned() {
        assertEquals(Optional.empty(), InboxConfig.warningOfHandlers(MapConfig.of("posthorn.inbox.channels", "in")));
        assertEquals(
                Optional.empty(),
                InboxConfig.warningOfHandlers(MapConfig.of("posthorn.inbox.own-channels", "received")));
    }

    @Test
    void aPlainTypeThatNobodyHandlesIsAProblemThatNamesTheNearest() {
        InboxConfig read = config("posthorn.inbox.channels", "plain", "posthorn.channel.plain.inbox.type", "Ordre");

        assertEquals(List.of(), read.problemsOfPlainTypes(Set.of("Ordre")));
        List<String> problems = read.problemsOfPlainTypes(Set.of("Order", "Invoice"));
        assertEquals(1, problems.size());
        assertTrue(
                problems.get(0).startsWith("POSTHORN-6009 posthorn.channel.plain.inbox.type=Ordre: "), problems.get(0));
        assertTrue(problems.get(0).endsWith("\n    posthorn.channel.plain.inbox.type=Order"), problems.get(0));
    }

    /** What comes again would be handled again. */
    @Test
    void theInboxRemembersForSomeTime() {
        List<String> problems = InboxConfig.read(MapConfig.of("posthorn.inbox.retention", "PT0S"), "shop", Set.of())
                .problems();

        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("POSTHORN-6005 posthorn.inbox.retention=PT0S "), problems.get(0));
    }

    @Test
    void eventsAreReceivedForTheApplicationOrForWhomIsNamed() {
        handle();
        handle("posthorn.inbox.consumer", "accounting");
        assertEquals("shop", InboxConfig.read(MapConfig.of(), "shop", Set.of()).consumer());
        assertTrue(told.contains("admit for shop"), told::toString);
        assertTrue(told.contains("admit for accounting"), told::toString);
    }

    @Test
    void theWindowIsSoLarge() {
        open();
        open("posthorn.inbox.in-flight.max-events", "7");
        open("posthorn.channel.in.inbox.in-flight.max-events", "8");
        assertEquals(List.of("open in 128", "open in 7", "open in 8"), told);
    }

    @Test
    void soManyAreHandledAtOnce() {
        Inbox inbox = open("posthorn.inbox.parallelism", "3");
        threads.clear();
        for (int i = 0; i < 10; i++) {
            arrive(inbox, "known");
        }
        assertEquals(3, threads.size(), "threads that were asked for, none of which has run yet");
    }

    @Test
    void whatNobodyHandlesIsAcknowledgedOrRefused() {
        handleUnknown();
        handleUnknown("posthorn.inbox.unhandled", "refuse");
        assertEquals(
                List.of("acknowledged", "refused"),
                told.stream().filter(what -> !what.startsWith("open")).toList());
    }

    @Test
    void aTransactionMayTakeSoLong() {
        handle();
        handle("posthorn.inbox.handling-timeout", "PT5M");
        assertTrue(told.contains("transaction of PT30S"), told::toString);
        assertTrue(told.contains("transaction of PT5M"), told::toString);
    }

    @Test
    void eachHandlerHasATransactionOfItsOwnIfThatIsWanted() {
        handle("posthorn.inbox.transactions", "per-handler");
        handle("posthorn.inbox.transactions", "per-handler", "posthorn.event.known.inbox.transactions", "one");
        assertEquals(
                List.of("keep for PT10S after 0", "admit for shop"),
                told.stream()
                        .filter(what -> what.startsWith("admit") || what.endsWith("after 0"))
                        .toList());
    }

    @Test
    void theFirstDelayIsSoLong() {
        assertEquals(Duration.ofSeconds(5), delay("posthorn.inbox.retry.jitter", "0"));
        assertEquals(
                Duration.ofSeconds(9), delay("posthorn.inbox.retry.jitter", "0", "posthorn.inbox.retry.delay", "PT9S"));
        assertEquals(
                Duration.ofSeconds(8),
                delay("posthorn.inbox.retry.jitter", "0", "posthorn.event.known.inbox.retry.delay", "PT8S"));
    }

    @Test
    void noDelayIsLonger() {
        assertEquals(
                Duration.ofSeconds(2),
                delay("posthorn.inbox.retry.jitter", "0", "posthorn.inbox.retry.max-delay", "PT2S"));
        assertEquals(
                Duration.ofSeconds(1),
                delay("posthorn.inbox.retry.jitter", "0", "posthorn.event.known.inbox.retry.max-delay", "PT1S"));
    }

    @Test
    void delaysVary() {
        Duration delay = delay("posthorn.inbox.retry.jitter", "0.5");
        assertTrue(delay.toMillis() >= 2500 && delay.toMillis() <= 7500, delay::toString);
        assertTrue(!delay.equals(Duration.ofSeconds(5)), delay::toString);
    }

    @Test
    void theLastAttemptIsThisOne() {
        handle("posthorn.inbox.retry.max-attempts", "1");
        handle("posthorn.event.known.inbox.retry.max-attempts", "1");
        assertEquals(2, told.stream().filter("keep dead"::equals).count());
    }

    @Test
    void plainDataIsOfTheTypeOfItsChannel() {
        Inbox inbox = open("posthorn.channel.in.inbox.type", "known");
        inbox.receive("own", arrival(Map.of(), "own"));
        arrive(inbox, null);
        runAll();
        assertEquals(1, told.stream().filter("handled known"::equals).count(), told::toString);
        assertEquals(1, told.stream().filter("keep dead"::equals).count(), "of a channel without a type");
    }

    @Test
    void whatWasHandledIsForgottenAfterItsRetention() {
        Cleaner.ofInbox(
                        store(),
                        "shop",
                        () -> true,
                        config("posthorn.inbox.retention", "P1D").retention(),
                        50)
                .clean();
        assertEquals(Duration.ofDays(7), config().retention());
        assertEquals(List.of("clean shop PT24H 50"), told);
    }

    @Test
    void aChannelIsReceivedOnByOneAlone() {
        assertEquals(
                1,
                InboxConfig.read(
                                MapConfig.of("posthorn.inbox.channels", "in", "posthorn.inbox.own-channels", "in"),
                                "shop",
                                Set.of())
                        .problems()
                        .size());
    }

    @Test
    void aChannelMayHaveTheNameOfWhatIsHandedOverWithoutOne() {
        InboxConfig config =
                InboxConfig.read(MapConfig.of("posthorn.inbox.channels", InboxConfig.OWN_CHANNEL), "shop", Set.of());

        assertEquals(List.of(), config.problems());
        assertEquals(Set.of(InboxConfig.OWN_CHANNEL), config.channels());
        assertEquals(Set.of(), config.ownChannels());
    }

    private Duration delay(String... config) {
        told.clear();
        handle(config);
        String kept = told.stream()
                .filter(what -> what.startsWith("keep for"))
                .findFirst()
                .orElseThrow();
        return Duration.parse(kept.split(" ")[2]);
    }

    private void handle(String... config) {
        arrive(open(config), "known");
        runAll();
    }

    private void handleUnknown(String... config) {
        arrive(open(config), "unknown");
        runAll();
    }

    private void runAll() {
        for (Runnable thread = threads.poll(); thread != null; thread = threads.poll()) {
            thread.run();
        }
    }

    private static InboxConfig config(String... config) {
        String[] all = new String[config.length + 4];
        all[0] = "posthorn.inbox.channels";
        all[1] = "in";
        all[2] = "posthorn.inbox.own-channels";
        all[3] = "own";
        System.arraycopy(config, 0, all, 4, config.length);
        InboxConfig read = InboxConfig.read(MapConfig.of(all), "shop", Set.of());
        assertEquals(List.of(), read.problems());
        return read;
    }

    private final SampleSource source =
            new SampleSource((channel, window) -> told.add("open " + channel + " " + window));

    private Inbox open(String... keys) {
        InboxConfig config = config(keys);
        Inbox inbox = new Inbox(
                config.consumer(),
                config.settings(),
                new Ports(
                        store(),
                        new ToldTransaction(),
                        new MessageReader(channel ->
                                Optional.ofNullable(config.plainTypes().get(channel))),
                        new StoreWatch(System::nanoTime),
                        type -> type.equals("known") ? Optional.of(knownType()) : Optional.empty()),
                new Threads(threads::add, Duration.ZERO, System::nanoTime));
        inbox.open(source, config.channels());
        threads.clear();
        return inbox;
    }

    private void arrive(Inbox inbox, @Nullable String type) {
        requireReceiver().arrived(type == null ? arrival(Map.of(), "in") : arrival(attributes(type), "in"));
    }

    private EventSource.Receiver requireReceiver() {
        return source.receiver("in");
    }

    private static Map<String, String> attributes(String type) {
        return Map.of("specversion", "1.0", "id", "1", "source", "/sender", "type", type);
    }

    private Arrival arrival(Map<String, String> attributes, String channel) {
        IncomingMessage message = new IncomingMessage(
                channel, attributes, Map.of(), null, null, "0@0", "{}".getBytes(StandardCharsets.UTF_8));
        return new Arrival() {
            @Override
            public IncomingMessage message() {
                return message;
            }

            @Override
            public CompletionStage<?> acknowledge() {
                return tell("acknowledged");
            }

            @Override
            public CompletionStage<?> refuse(Throwable why) {
                return tell("refused");
            }

            private CompletionStage<?> tell(String what) {
                told.add(what);
                return CompletableFuture.completedFuture(what);
            }
        };
    }

    private SampleType knownType() {
        SampleType type = new SampleType();
        type.handling = event -> {
            told.add("handled " + event.type());
            throw new IllegalStateException("as always");
        };
        return type;
    }

    private InboxStore store() {
        return Stub.of(InboxStore.class, (method, arguments) -> {
            switch (method) {
                case "admit" -> {
                    told.add("admit for " + ((InboxEvent) arguments[0]).id().consumer());
                    return Admission.NEW;
                }
                case "keep" -> {
                    told.add("keep for " + arguments[2] + " after " + arguments[3]);
                    return Kept.DUE;
                }
                case "keepDead" -> {
                    told.add("keep dead");
                    return Kept.DEAD;
                }
                case "read" -> {
                    return Optional.empty();
                }
                case "due" -> {
                    return List.of();
                }
                case "clean" -> {
                    told.add("clean " + arguments[0] + " " + arguments[1] + " " + arguments[2]);
                    return 0;
                }
                default -> throw new UnsupportedOperationException(method);
            }
        });
    }

    private final class ToldTransaction implements HandlingTransaction {

        @Override
        public void run(Duration timeout, Next work) throws Exception {
            told.add("transaction of " + timeout);
            work.proceed();
        }

        @Override
        public void requireCommittable() {}
    }
}
