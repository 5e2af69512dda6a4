package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;

import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Due;
import dev.posthorn.thread.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The inbox of one application: what arrives on its channels, and what is due in its table. */
public final class Inbox {

    /** The most entries of the table that are under way here at once. */
    private static final int MOST_DUE = 256;

    private static final Duration STAY = Duration.ofSeconds(15);

    private static final long GLANCE = Duration.ofMillis(50).toNanos();

    private final String consumer;
    private final Ports ports;
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
        this.poll =
                new Loop("inbox", this::poll, threads.executor(), Duration.ZERO, threads.stay(), InboxLog::passFailed);
        settings.forEach((name, ofChannel) ->
                channels.put(name, new InboxChannel(consumer, name, ofChannel, ports, threads, this::wakePoll)));
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
                    "Posthorn is not running: the application starts or stops. The message is not acknowledged.");
        }
        return requireNonNull(channels.get(channel), "a channel of this inbox").receive(arrival);
    }

    /** To be called about once a second. */
    public void pulse() {
        if (open) {
            channels.values().forEach(InboxChannel::wake);
            wakePoll();
        }
    }

    /** To be called from time to time. */
    public void sweep() {
        if (open) {
            channels.values().forEach(InboxChannel::releaseWaiting);
        }
    }

    /** Entries of this channel were changed in the table by operators, and others of these keys may be able to go on. */
    public void lookAgain(String channel, Collection<String> keys) {
        keys.forEach(key -> release(channel, key));
        wakePoll();
    }

    /** What can't be done now, a sweep does. */
    private void release(String channel, String key) {
        try {
            ports.store().release(consumer, channel, key);
        } catch (RuntimeException e) {
            InboxLog.notReleased(channel, key, e);
        }
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

    /**
     * Handles what is here, for at most this long, then stops. What is left has not been answered, and is delivered again.
     *
     * @return whether nothing is left
     */
    public boolean close(Duration timeout) {
        open = false;
        suspend(channels.keySet());
        long until = System.nanoTime() + timeout.toNanos();
        while (hasWork() && until - System.nanoTime() > 0) {
            LockSupport.parkNanos(GLANCE);
        }
        boolean idle = !hasWork();
        poll.stop();
        channels.values().forEach(InboxChannel::close);
        return idle;
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
        } catch (RuntimeException e) {
            InboxLog.pollFailed(e);
        }
    }

    private void look() {
        Set<String> active = new HashSet<>();
        List<InboxId> underWay = new ArrayList<>();
        for (InboxChannel channel : channels.values()) {
            underWay.addAll(channel.underWay());
            if (!channel.isSuspended()) {
                active.add(channel.name());
            }
        }
        int most = MOST_DUE - underWay.size();
        if (most > 0 && !active.isEmpty()) {
            for (Due due : ports.store().due(consumer, active, underWay, most)) {
                InboxChannel channel = channels.get(due.channel());
                if (channel != null) {
                    channel.due(due);
                }
            }
        }
    }
}
