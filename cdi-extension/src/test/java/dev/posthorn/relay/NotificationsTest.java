package dev.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventDelivered;
import dev.posthorn.EventDeliveryFailed;
import dev.posthorn.EventDied;
import dev.posthorn.EventInfo;
import dev.posthorn.LogLines;
import dev.posthorn.Stub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What observers hear of, and what not. */
class NotificationsTest implements RelayListener {

    private static final EventInfo EVENT = new EventInfo("id", "Sample", "test", "channel", "topic", null);
    private static final Exception REFUSED = new Exception("refused");

    private final List<String> heard = new ArrayList<>();
    private boolean observersThrow;
    private int wakeUps;

    private final Notifications notifications = new Notifications(this, Stub.of(WakeUps.class, (method, arguments) -> {
        wakeUps++;
        return null;
    }));

    @Test
    void observersAreCalledByAPassOfTheirOwn() {
        deliver(1);
        notifications.failed(new EventDeliveryFailed(EVENT, 2, REFUSED));
        assertEquals(List.of(), heard);
        assertEquals(2, wakeUps);
        notifications.run();
        assertEquals(List.of("failed 2", "delivered 1"), heard);
        assertTrue(notifications.isEmpty());
    }

    @Test
    void anErrorIsFollowedByTheNext() {
        observersThrow = true;
        deliver(1);
        deliver(2);
        notifications.died(new EventDied(EVENT, 3, REFUSED));
        notifications.run();
        assertEquals(List.of("died 3", "delivered 1", "delivered 2"), heard);
    }

    @Test
    void howeverManyAreDeliveredTheDeadAreHeardOf() {
        for (int i = 0; i < 2 * Notifications.MOST; i++) {
            deliver(i);
        }
        notifications.died(new EventDied(EVENT, 1, REFUSED));
        notifications.run();
        assertEquals("died 1", heard.get(0));
        assertEquals(Notifications.MOST + 1, heard.size());
    }

    @Test
    void whatIsDroppedIsCountedAndSaidOncePerBurst() {
        try (LogLines log = new LogLines("dev.posthorn.relay")) {
            for (int burst = 0; burst < 2; burst++) {
                for (int i = 0; i < Notifications.MOST + 5; i++) {
                    deliver(i);
                }
                assertEquals(List.of("POSTHORN-2011"), codes(log));
                notifications.run();
                List<String> lines = log.take();
                assertEquals(1, lines.size());
                assertTrue(lines.get(0).startsWith("POSTHORN-2012 5 notifications"), lines::toString);
            }
        }
    }

    @Test
    void whatIsLeftAtTheEndIsCounted() {
        deliver(1);
        try (LogLines log = new LogLines("dev.posthorn.relay")) {
            notifications.stop();
            assertEquals(List.of("POSTHORN-2012"), codes(log));
        }
        notifications.run();
        assertEquals(List.of(), heard);
    }

    private static List<String> codes(LogLines log) {
        return log.take().stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    private void deliver(int attempts) {
        notifications.delivered(new EventDelivered(EVENT, attempts));
    }

    private void hear(String what) {
        heard.add(what);
        if (observersThrow) {
            throw new NoClassDefFoundError("simulated");
        }
    }

    @Override
    public boolean wantsDelivered() {
        return true;
    }

    @Override
    public void delivered(EventDelivered notification) {
        hear("delivered " + notification.attempts());
    }

    @Override
    public void failed(EventDeliveryFailed notification) {
        hear("failed " + notification.attempts());
    }

    @Override
    public void died(EventDied notification) {
        hear("died " + notification.attempts());
    }
}
