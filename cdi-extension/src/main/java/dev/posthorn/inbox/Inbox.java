package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;

import dev.posthorn.operator.RepetitionCount;
import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.InboxStore.Due;
import dev.posthorn.spi.InboxStore.Wanted;
import dev.posthorn.thread.Loop;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The inbox of one application: what arrives on its channels, and what is due in its table. */
public final class Inbox {

    private static final Duration STAY = Duration.ofSeconds(15);

    private static final long GLANCE = Duration.ofMillis(50).toNanos();

    private final String consumer;
    private final Ports ports;
    private final StoreReports reports;
    private final Map<String, InboxChannel> channels = new HashMap<>();
    private final Loop poll;
    private volatile boolean open;

    /** @param threads runs each task on a thread of its own */
    public Inbox(
            String consumer,
            Map<String, InboxSettings> settings,
            Ports ports,
            Executor threads,
            LongSupplier nanoTime) {
        this(consumer, settings, ports, new Threads(threads, STAY, nanoTime));
    }

    Inbox(String consumer, Map<String, InboxSettings> settings, Ports ports, Threads threads) {
        this.consumer = consumer;
        this.ports = ports;
        this.reports = new StoreReports(ports.watch(), threads.nanoTime());
        this.poll =
                new Loop("inbox", this::poll, threads.executor(), Duration.ZERO, threads.stay(), InboxLog::passFailed);
        settings.forEach((name, ofChannel) -> channels.put(
                name, new InboxChannel(consumer, name, ofChannel, ports, threads, reports, this::wakePoll)));
    }

    public Set<String> channels() {
        return channels.keySet();
    }

    /**
     * Begins to handle what is due, and to receive.
     *
     * @param received the channels to receive on; what comes on others is handed over
     */
    public void open(EventSource source, Set<String> received) {
        open = true;
        wakePoll();
        received.forEach(channel -> requireNonNull(channels.get(channel)).open(source));
    }

    /**
     * Takes a message that the application has received itself.
     *
     * @return completes when there is room for another one
     */
    public CompletionStage<@Nullable Void> receive(String channel, Arrival arrival) {
        if (!open) {
            throw new IllegalStateException(
                    "POSTHORN-5321 Posthorn is not running: the application starts or stops. The message is not acknowledged.");
        }
        return requireNonNull(channels.get(channel), "a channel of this inbox").receive(arrival);
    }

    /** To be called about once a second. */
    public void pulse() {
        if (open) {
            channels.values().forEach(InboxChannel::pulse);
            wakePoll();
        }
    }

    /** To be called from time to time. */
    public void sweep() {
        if (open) {
            channels.values().forEach(InboxChannel::releaseWaiting);
        }
    }

    /** Operators have changed rows of this channel, and others of these keys may be able to go on. */
    public void rowsChanged(String channel, Collection<String> keys) {
        InboxChannel changed = channels.get(channel);
        if (changed != null) {
            keys.forEach(changed::release);
        }
        wakePoll();
    }

    /** Receives and handles nothing on these channels, until another set is given. */
    public void suspend(Collection<String> paused) {
        channels.values().forEach(channel -> channel.suspend(paused.contains(channel.name())));
    }

    /** Why nothing more arrives on a channel, for those of which that is true. */
    public Map<String, String> ended() {
        Map<String, String> ended = new HashMap<>();
        channels.values().forEach(channel -> {
            String why = channel.ended();
            if (why != null) {
                ended.put(channel.name(), why);
            }
        });
        return ended;
    }

    /** What was dropped because it was known, channel by channel. */
    public List<RepetitionCount> repetitions() {
        return channels.values().stream()
                .map(InboxChannel::repetitions)
                .sorted(Comparator.comparing(RepetitionCount::channel))
                .toList();
    }

    /**
     * Handles what is here, for at most this long, then stops. What is left has not been answered, and is delivered again.
     *
     * @return whether nothing is left
     */
    public boolean close(Duration timeout) {
        open = false;
        suspend(channels.keySet());
        boolean idle = awaitIdle(timeout);
        poll.stop();
        channels.values().forEach(InboxChannel::close);
        return idle;
    }

    /** Whoever interrupts the wait wants the application to stop now. */
    private boolean awaitIdle(Duration timeout) {
        long until = System.nanoTime() + timeout.toNanos();
        while (hasWork()
                && until - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            channels.values().forEach(InboxChannel::wake);
            LockSupport.parkNanos(GLANCE);
        }
        return !hasWork();
    }

    private boolean hasWork() {
        return channels.values().stream().anyMatch(InboxChannel::hasWork);
    }

    private void wakePoll() {
        if (open && !channels.isEmpty()) {
            poll.signal();
        }
    }

    private void poll() {
        try {
            look();
        } catch (Throwable e) {
            reports.searchFailed(e);
        }
    }

    /** Each channel has room of its own, so that none keeps another one's entries from being found. */
    private void look() {
        List<Wanted> wanted = channels.values().stream()
                .map(InboxChannel::wanted)
                .flatMap(Optional::stream)
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        for (Due due : requireNonNull(ports.store().due(consumer, wanted), "The store answered null.")) {
            InboxChannel channel = channels.get(due.channel());
            if (channel != null) {
                channel.due(due);
            }
        }
        reports.searched();
    }
}
