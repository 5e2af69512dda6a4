package dev.posthorn.inbox;

import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.EventSource.Receiver;
import dev.posthorn.spi.EventSource.Subscription;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Due;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One incoming channel: what has arrived and what is due, in order per key, and the threads that handle it. */
final class InboxChannel implements Receiver {

    /** How long others leave an entry alone that this node works on. */
    private static final Duration HOLD = Duration.ofSeconds(10);

    private static final int KEYS_AT_ONCE = 100;

    private final ChannelContext context;
    private final KeyedQueue queue = new KeyedQueue();
    private final Workers workers;
    private final Room room;

    /** Entries of the table that have a task here. */
    private final Set<InboxId> underWay = ConcurrentHashMap.newKeySet();

    private @Nullable Subscription subscription;
    private volatile boolean suspended;
    private volatile @Nullable String ended;

    InboxChannel(
            String consumer, String channel, InboxSettings settings, Ports ports, Threads threads, Runnable wakePoll) {
        context = new ChannelContext(consumer, channel, settings, ports, HOLD, wakePoll);
        room = new Room(settings.window());
        workers = new Workers(queue, threads, settings.parallelism(), new Pause(threads.nanoTime()));
    }

    String name() {
        return context.channel();
    }

    synchronized void open(EventSource source) {
        subscription = source.open(name(), context.settings().window(), this);
        if (suspended) {
            subscription.pause();
        }
    }

    @Override
    public void arrived(Arrival arrival) {
        workers.submit(ArrivedTask.of(context, arrival));
    }

    /** Takes a message that the application hands over. */
    CompletionStage<@Nullable Void> receive(Arrival arrival) {
        CompletionStage<@Nullable Void> roomForMore = room.take();
        arrived(new HandedOver(arrival, room));
        return roomForMore;
    }

    @Override
    public void ended(@Nullable Throwable why) {
        ended = why == null ? "the connector has ended it" : Text.of(why);
        InboxLog.ended(name(), String.valueOf(ended));
    }

    void due(Due due) {
        if (underWay.add(due.id())) {
            KeptTask task = new KeptTask(context, due.id(), due.key(), due.version());
            workers.submit(new Counted(task, due.id()));
        }
    }

    /** Entries that need not be looked for. */
    Set<InboxId> underWay() {
        return underWay;
    }

    void wake() {
        workers.wake();
    }

    /** Lets all waiting keys go on that can: their releases may have been lost in a crash. */
    void releaseWaiting() {
        String after = "";
        List<String> keys;
        do {
            keys = context.store().waitingKeys(context.consumer(), name(), after, KEYS_AT_ONCE);
            keys.forEach(context::release);
            after = keys.isEmpty() ? after : keys.get(keys.size() - 1);
        } while (keys.size() == KEYS_AT_ONCE);
    }

    synchronized void suspend(boolean pause) {
        Subscription open = subscription;
        if (pause != suspended && open != null) {
            if (pause) {
                open.pause();
            } else {
                open.resume();
            }
        }
        suspended = pause;
    }

    boolean isSuspended() {
        return suspended;
    }

    boolean hasWork() {
        return !queue.isEmpty();
    }

    /** Why nothing more arrives, if that is so. */
    @Nullable
    String ended() {
        return ended;
    }

    synchronized void close() {
        workers.stop();
        Subscription open = subscription;
        if (open != null) {
            open.close();
        }
    }

    /** A task that is under way until it has run. */
    private final class Counted implements Task {

        private final KeptTask task;
        private final InboxId id;

        Counted(KeptTask task, InboxId id) {
            this.task = task;
            this.id = id;
        }

        @Override
        public @Nullable String key() {
            return task.key();
        }

        @Override
        public Outcome run() {
            Outcome outcome = task.run();
            underWay.remove(id);
            return outcome;
        }
    }
}
