package dev.posthorn.tck.app;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Sends a record with key and headers, in one of the ways that connectors understand. */
public interface KafkaSender {

    /** The channel, which is named as the class, and so is its topic. */
    static String channel(Class<? extends KafkaSender> type) {
        return type.getSimpleName();
    }

    /** Completes when the broker has acknowledged the record. */
    CompletionStage<Void> send(String key, Map<String, String> headers, byte[] payload);
}
