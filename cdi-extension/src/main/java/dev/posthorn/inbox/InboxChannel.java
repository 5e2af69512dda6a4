package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;

import dev.posthorn.log.FailureText;
import dev.posthorn.log.Printable;
import dev.posthorn.operator.RepetitionCount;
import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.EventSource.Receiver;
import dev.posthorn.spi.EventSource.Subscription;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Due;
import dev.posthorn.spi.InboxStore.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One incoming channel: what has arrived and what is due, in order per key, and the threads that handle it. */
final class InboxChannel implements Receiver {

    /** How long others leave an entry alone that this node works on. */
    private static final Duration HOLD = Duration.ofSeconds(10);

    private static final int KEYS_AT_ONCE = 100;

    /** Entries of the table that may be under way here, for each thread: enough to keep them busy until the table is asked again. */
    private static final int ENTRIES_PER_THREAD = 8;

    private final ChannelContext context;
    private final KeyedQueue queue;
    private final Workers workers;
    private final Room room;

    /** Entries of the table that have a task here. */
    private final Set<InboxId> underWay = ConcurrentHashMap.newKeySet();

    /** How many entries the table had less than there was room for; 0 if it may have more. */
    private final AtomicInteger missing = new AtomicInteger(1);

    private @Nullable Subscription subscription;
    private volatile boolean suspended;
    private boolean subscriptionIsPaused;
    private boolean connectorRefuses;
    private volatile @Nullable String ended;

    InboxChannel(
            String consumer,
            String channel,
            InboxSettings settings,
            Ports ports,
            Threads threads,
            StoreReports reports,
            Runnable wakePoll) {
        context = new ChannelContext(
                consumer,
                channel,
                settings,
                ports,
                HOLD,
                wakePoll,
                reports,
                new UnhandledTypes(channel),
                new Repetitions(channel));
        room = new Room(settings.window());
        queue = new KeyedQueue(threads.nanoTime());
        workers = new Workers(queue, threads, settings.parallelism(), new Backoff(threads.nanoTime()));
    }

    String name() {
        return context.channel();
    }

    synchronized void open(EventSource source) {
        subscription = requireNonNull(
                source.open(name(), context.settings().window(), this), "EventSource.open() returned null");
        if (suspended) {
            suspend(true);
        }
    }

    @Override
    public void arrived(Arrival arrival) {
        Task task;
        try {
            task = ArrivedTask.of(context, arrival);
        } catch (Throwable e) {
            InboxLog.notTaken(name(), e);
            new Answer(name(), arrival).refuse(e);
            return;
        }
        workers.submit(task);
    }

    /** Takes a message that the application hands over. */
    CompletionStage<@Nullable Void> receive(Arrival arrival) {
        CompletionStage<@Nullable Void> roomForMore = room.take();
        arrived(new HandedOver(arrival, room));
        return roomForMore;
    }

    @Override
    public void ended(@Nullable Throwable why) {
        ended = why == null ? "the connector has ended it" : FailureText.of(why);
        InboxLog.ended(name(), String.valueOf(ended));
    }

    /** What to look for in the table; empty if there is no room for more, or nothing is to be handled. */
    Optional<Wanted> wanted() {
        int limit = suspended ? 0 : mostUnderWay() - underWay.size();
        if (limit <= 0) {
            return Optional.empty();
        }
        missing.set(limit);
        return Optional.of(new Wanted(name(), limit, Set.copyOf(underWay)));
    }

    void due(Due due) {
        missing.decrementAndGet();
        if (underWay.add(due.id())) {
            workers.submit(new UnderWay(new KeptTask(context, due.id(), due.key(), due.version()), due.id()));
        }
    }

    private void over(KeptTask task, InboxId id) {
        underWay.remove(id);
        // Only what has ended makes room: an entry that others hold would be found again at once.
        if (task.hasEnded() && missing.get() <= 0 && underWay.size() <= mostUnderWay() / 2) {
            context.wakePoll().run();
        }
    }

    private int mostUnderWay() {
        return ENTRIES_PER_THREAD * context.settings().parallelism();
    }

    void wake() {
        workers.wake();
    }

    /** To be called about once a second. */
    void pulse() {
        suspend(suspended);
        wake();
    }

    /** Lets all waiting keys go on that can: their releases may have been lost in a crash. */
    void releaseWaiting() {
        try {
            releaseEach();
            context.reports().swept();
        } catch (StoreAwayException e) {
            context.reports().sweepFailed(e);
        }
    }

    private void releaseEach() {
        String last = "";
        List<String> keys;
        do {
            String after = last;
            keys = context.inStore(() -> context.store().waitingKeys(context.consumer(), name(), after, KEYS_AT_ONCE));
            keys.forEach(context::release);
            last = keys.isEmpty() ? after : keys.get(keys.size() - 1);
        } while (keys.size() == KEYS_AT_ONCE);
    }

    void release(String key) {
        context.release(key);
    }

    synchronized void suspend(boolean pause) {
        suspended = pause;
        Subscription open = subscription;
        if (open == null || pause == subscriptionIsPaused) {
            return;
        }
        try {
            if (pause) {
                open.pause();
            } else {
                open.resume();
            }
            subscriptionIsPaused = pause;
            connectorRefuses = false;
        } catch (Throwable e) {
            // Logged once: the pulse tries again.
            if (!connectorRefuses) {
                InboxLog.notSwitched(name(), pause, e);
            }
            connectorRefuses = true;
        }
    }

    RepetitionCount repetitions() {
        return context.repetitions().count();
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
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (Throwable e) {
            InboxLog.notClosed(name(), e);
        }
    }

    /** The task of an entry that is under way here until the task is over. */
    private final class UnderWay implements Task {

        private final KeptTask task;
        private final InboxId id;

        UnderWay(KeptTask task, InboxId id) {
            this.task = task;
            this.id = id;
        }

        @Override
        public @Nullable String key() {
            return task.key();
        }

        @Override
        public Outcome run() {
            return after(task.run());
        }

        @Override
        public Outcome giveUp(Throwable why) {
            return after(task.giveUp(why));
        }

        /** Whatever it has thrown, or whoever has interrupted it: it runs again, and is over then. */
        private Outcome after(Outcome outcome) {
            if (outcome == Outcome.DONE || outcome == Outcome.LEFT) {
                over(task, id);
            }
            return outcome;
        }

        @Override
        public String toString() {
            return Printable.text(task);
        }
    }
}
