package dev.posthorn.spi;

import org.jspecify.annotations.Nullable;

/** Turns a fired event into the bytes that travel, and bytes that have arrived into an event. */
public interface EventSerializer {

    /** The media type of what {@link #serialize} returns. */
    String contentType();

    /**
     * The event as it is now. Called on the thread that fires, inside {@code fire}: what this throws, {@code fire} throws. It must not
     * return null.
     */
    byte[] serialize(Object event);

    /**
     * The event that these bytes say. The class is that of the event's type: one that a handler of this application names or extends, or
     * that extends what a handler names; never one that a message names. Handlers of a subclass are called if what this returns is an
     * instance of it.
     *
     * @param data empty if the event has none: CloudEvents need no data
     * @param contentType the media type of the data, if the message says so; whether it is one that can be read, and in which charset,
     *     is for this method to find out
     * @throws RuntimeException if the data can't be read as this class; the message is then kept as it came
     */
    <T> T deserialize(byte[] data, @Nullable String contentType, Class<T> type);
}
