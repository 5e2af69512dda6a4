package dev.posthorn.inbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says of each type once that nobody handles it. Types come from whoever may send: so that nobody can fill memory or log with them, a
 * bounded number of them is remembered and named, each only up to a bounded length.
 */
final class UnhandledTypes {

    private static final int MOST = 1000;
    private static final int LONGEST = 200;

    private final String channel;
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final Set<String> kept = ConcurrentHashMap.newKeySet();

    UnhandledTypes(String channel) {
        this.channel = channel;
    }

    void arrived(String type) {
        String name = shortened(type);
        if (isNew(name, arrived)) {
            InboxLog.unhandled(channel, name);
        }
    }

    void kept(String type) {
        String name = shortened(type);
        if (isNew(name, kept)) {
            InboxLog.unhandledEntry(channel, name);
        }
    }

    static String shortened(String type) {
        return type.length() > LONGEST ? type.substring(0, LONGEST) + "..." : type;
    }

    private boolean isNew(String name, Set<String> known) {
        if (known.size() >= MOST || !known.add(name)) {
            return false;
        }
        if (known.size() == MOST) {
            InboxLog.tooManyUnhandled(channel, MOST);
        }
        return true;
    }
}
