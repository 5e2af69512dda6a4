package dev.posthorn.tck.inbox;

import dev.posthorn.IntegrationEvent;

/** No event of this class can ever be read: it can't be initialized. */
@IntegrationEvent
public record Broken(String order, String text) {

    private static final int NEVER = Integer.parseInt("not a number");

    public Broken {
        text = text + NEVER;
    }
}
