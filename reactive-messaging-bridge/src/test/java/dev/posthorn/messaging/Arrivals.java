package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.IncomingMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Notes what arrives. */
class Arrivals implements EventSource.Receiver {

    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

    volatile boolean ended;

    @Nullable
    volatile Throwable reason;

    @Override
    public void arrived(Arrival arrival) {
        arrivals.add(arrival);
    }

    @Override
    public void ended(@Nullable Throwable why) {
        reason = why;
        ended = true;
    }

    Arrival get(int index) {
        return arrivals.get(index);
    }

    int count() {
        return arrivals.size();
    }

    List<String> texts() {
        return arrivals.stream()
                .map(arrival -> new String(arrival.message().data(), UTF_8))
                .toList();
    }

    /** The first one, when it is there. */
    IncomingMessage first() {
        await().atMost(Duration.ofSeconds(30)).until(() -> count() > 0);
        return get(0).message();
    }

    /** So many arrive, and no more. */
    void awaitExactly(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> count() >= count);
        await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(3)).until(() -> count() == count);
    }

    /** The texts of {@link Records#numbered}. */
    static List<String> numbers(int from, int end) {
        return IntStream.range(from, end).mapToObj(number -> "n" + number).toList();
    }
}
