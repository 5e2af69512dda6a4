package dev.posthorn.tck.inbox;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.WhenDead;

/** Whoever reads or handles it gets what its text names. */
@IntegrationEvent(whenDead = WhenDead.SKIP)
public record Troublesome(String order, String text) {

    public Troublesome {
        if (text.startsWith("overflow")) {
            endless(1);
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }
}
