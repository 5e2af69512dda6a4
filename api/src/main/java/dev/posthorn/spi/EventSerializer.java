package dev.posthorn.spi;

/** Turns a fired event into the bytes that travel. */
public interface EventSerializer {

    /** The media type of what {@link #serialize} returns. */
    String contentType();

    /**
     * The event as it is now. Called on the thread that fires, inside {@code fire}: what this throws, {@code fire} throws.
     */
    byte[] serialize(Object event);
}
