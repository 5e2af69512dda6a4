package dev.posthorn.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.LogLines;
import dev.posthorn.PosthornException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreWatchTest {

    private static final PosthornException AWAY =
            new PosthornException("long\n text", new IllegalStateException("Connection\nrefused"));

    private final LogLines log = new LogLines("dev.posthorn.store");
    private long now;
    private final StoreWatch watch = new StoreWatch(() -> now);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void anOutageIsOneLineWhenItBeginsAndOneWhenItEnds() {
        for (int second = 0; second < 14; second++) {
            watch.failed("read unsent events", AWAY);
            watch.failed("say that this node lives", AWAY);
            passes(1);
        }
        watch.succeeded("say that this node lives");
        watch.succeeded("read unsent events");

        List<String> lines = log.take();
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("could not read unsent events: "), lines::toString);
        assertTrue(lines.get(0).contains("IllegalStateException: Connection refused."), lines::toString);
        assertTrue(lines.get(1).contains("after PT14S (28 failures)"), lines::toString);
    }

    /** Its connection may have been open when the database went. */
    @Test
    void aLateAnswerToSomethingElseIsNotTheEnd() {
        watch.failed("read unsent events", AWAY);
        watch.succeeded("mark delivered events");

        assertEquals(List.of("POSTHORN-1021"), codes());
    }

    @Test
    void whatIsNotAskedAgainKeepsNoOutageOpen() {
        watch.failed("read unsent events", AWAY);
        passes(10);
        watch.succeeded("say that this node lives");

        assertEquals(List.of("POSTHORN-1021", "POSTHORN-1022"), codes());
    }

    @Test
    void eachOutageIsLogged() {
        watch.failed("read unsent events", AWAY);
        watch.succeeded("read unsent events");
        watch.failed("read unsent events", AWAY);
        watch.succeeded("read unsent events");

        assertEquals(List.of("POSTHORN-1021", "POSTHORN-1022", "POSTHORN-1021", "POSTHORN-1022"), codes());
    }

    @Test
    void whatFailsAloneIsLoggedNowAndThen() {
        watch.failed("read unsent events", AWAY);
        watch.failed("say that this node lives", AWAY);
        watch.succeeded("say that this node lives");
        assertEquals(List.of("POSTHORN-1021", "POSTHORN-1022"), codes());

        IntStream.range(0, 30 * 60).forEach(second -> {
            watch.failed("read unsent events", AWAY);
            watch.succeeded("say that this node lives");
            passes(1);
        });

        assertEquals(List.of("POSTHORN-1023", "POSTHORN-1023", "POSTHORN-1023"), codes());
    }

    @Test
    void anOutageIsSeenBesideWhatFailsAlone() {
        watch.failed("read unsent events", AWAY);
        watch.failed("say that this node lives", AWAY);
        watch.succeeded("say that this node lives");
        log.take();

        watch.failed("say that this node lives", AWAY);
        watch.succeeded("say that this node lives");

        assertEquals(List.of("POSTHORN-1021", "POSTHORN-1022"), codes());
    }

    @Test
    void aQuestionIsReportedByItself() {
        assertThrows(
                PosthornException.class,
                () -> watch.asking("read unsent events", () -> {
                    throw AWAY;
                }));
        watch.asking("read unsent events", () -> {});

        assertEquals(List.of("POSTHORN-1021", "POSTHORN-1022"), codes());
    }

    /** Exceptions of persistence providers and drivers are foreign code. */
    @Test
    void whateverTheStoreThrowsIsReported() {
        Throwable one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("other", one));
        Throwable silent = new PosthornException("away") {
            private static final long serialVersionUID = 1L;

            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> watch.failed("read unsent events", one));
        watch.succeeded("read unsent events");
        watch.failed("read unsent events", silent);

        assertEquals(List.of("POSTHORN-1021", "POSTHORN-1022", "POSTHORN-1021"), codes());
    }

    @Test
    void manyThreadsAreOneOutage() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String what = "answer number " + i;
            Thread thread = new Thread(() -> {
                for (int times = 0; times < 1000; times++) {
                    watch.failed(what, AWAY);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        watch.succeeded("answer number 0");

        List<String> lines = log.take();
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(1).matches(".*\\D8\\D?000 failures.*"), lines::toString);
    }

    private void passes(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private List<String> codes() {
        return log.take().stream()
                .map(line -> line.substring(0, "POSTHORN-1000".length()))
                .toList();
    }
}
