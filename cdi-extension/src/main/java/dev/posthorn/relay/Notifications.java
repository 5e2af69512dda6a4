package dev.posthorn.relay;

import dev.posthorn.EventDelivered;
import dev.posthorn.EventDeliveryFailed;
import dev.posthorn.EventDied;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What observers are yet to hear of. They are the application's, and may be slow, hang or throw: nothing waits for them. So the queues
 * are bounded, and what does not fit is dropped, counted and logged. Failures have a queue of their own, which is served first: however
 * many events are delivered meanwhile, none of their notifications takes the place of one that an event has died.
 */
final class Notifications implements Runnable {

    static final int MOST = 10_000;

    private final RelayListener listener;
    private final WakeUps wakeUps;
    private final ArrayDeque<Runnable> failures = new ArrayDeque<>();
    private final ArrayDeque<EventDelivered> deliveries = new ArrayDeque<>();
    private long dropped;
    private boolean stopped;

    Notifications(RelayListener listener, WakeUps wakeUps) {
        this.listener = listener;
        this.wakeUps = wakeUps;
    }

    void delivered(EventDelivered notification) {
        offer(deliveries, notification);
    }

    void failed(EventDeliveryFailed notification) {
        offer(failures, () -> listener.failed(notification));
    }

    void died(EventDied notification) {
        offer(failures, () -> listener.died(notification));
    }

    private <T> void offer(ArrayDeque<T> queue, T notification) {
        boolean isFirstOfBurst;
        synchronized (this) {
            boolean fits = queue.size() < MOST && !stopped;
            if (fits) {
                queue.add(notification);
            }
            isFirstOfBurst = !fits && dropped++ == 0;
        }
        if (isFirstOfBurst) {
            RelayLog.dropsNotifications(MOST);
        }
        wakeUps.announce();
    }

    /** Calls the observers, one after the other, until nothing is left. */
    @Override
    public void run() {
        for (Runnable next = next(); next != null; next = next()) {
            call(next);
        }
        long lost = takeDropped();
        if (lost > 0) {
            RelayLog.droppedNotifications(lost);
        }
    }

    private synchronized @Nullable Runnable next() {
        if (!failures.isEmpty()) {
            return failures.poll();
        }
        EventDelivered delivered = deliveries.poll();
        return delivered == null ? null : () -> listener.delivered(delivered);
    }

    private static void call(Runnable observers) {
        try {
            observers.run();
        } catch (Throwable e) {
            RelayLog.listenerFailed(e);
        }
    }

    private synchronized long takeDropped() {
        long lost = dropped;
        dropped = 0;
        return lost;
    }

    synchronized boolean isEmpty() {
        return failures.isEmpty() && deliveries.isEmpty();
    }

    /** Observers that have not heard of something by now never will. */
    void stop() {
        long lost;
        synchronized (this) {
            stopped = true;
            lost = dropped + failures.size() + deliveries.size();
            dropped = 0;
            failures.clear();
            deliveries.clear();
        }
        if (lost > 0) {
            RelayLog.droppedNotifications(lost);
        }
    }
}
