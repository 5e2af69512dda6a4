package dev.posthorn.tck.inbox;

import dev.posthorn.IdempotencyKey;
import dev.posthorn.IntegrationEvent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Known by its number, whatever the event's id. */
@IntegrationEvent
public record Payment(@IdempotencyKey String number, String order, String text) {

    private static final Set<String> UNREADABLE = ConcurrentHashMap.newKeySet();

    public Payment {
        if (number != null && UNREADABLE.contains(number)) {
            throw new IllegalArgumentException("Payments with this number can't be read yet.");
        }
    }

    /** As if the code could not read it. */
    public static void cantBeRead(String number) {
        UNREADABLE.add(number);
    }

    /** As if the code had been mended. */
    public static void canBeRead(String number) {
        UNREADABLE.remove(number);
    }
}
