package dev.posthorn.health;

import dev.posthorn.spi.Held;
import java.util.Map;

/** How many events do not go on by themselves, as health data: somebody has to see them, but they turn nothing red. */
final class HeldCounts {

    /** Nobody needs to know how many more there are, and counting takes time. */
    static final int MOST = 10_000;

    private HeldCounts() {}

    static void add(Map<String, Object> data, String prefix, Held held) {
        data.put(prefix + "dead", held.dead());
        data.put(prefix + "waiting", held.waiting());
        data.put(prefix + "parked", held.parked());
    }
}
