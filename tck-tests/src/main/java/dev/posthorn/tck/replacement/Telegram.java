package dev.posthorn.tck.replacement;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** On a channel that no configuration knows. */
@IntegrationEvent(channel = "telegraph", topic = "telegrams")
public record Telegram(@Key String to, String text) {}
