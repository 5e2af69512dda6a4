package dev.posthorn.tck.inbox;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** What a handler publishes. */
@IntegrationEvent(topic = "answers")
public record Answer(@Key String order, String text) {}
