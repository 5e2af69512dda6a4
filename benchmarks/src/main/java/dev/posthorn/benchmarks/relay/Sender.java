package dev.posthorn.benchmarks.relay;

import java.util.concurrent.Future;

/** Sends to {@link dev.posthorn.benchmarks.load.OrderPlaced#TOPIC}. */
public interface Sender {

    /** Is done when the broker has acknowledged. */
    Future<?> send(String key, byte[] payload);
}
