package dev.posthorn.spi;

/** Says what a failed send means. An application's bean takes the place of the supplied one. */
public interface FailureClassifier {

    /** What a failure says. */
    enum Failure {
        /** Nothing for sure: it counts against the event only if others of the channel are acknowledged at the same time. */
        UNCLEAR,
        /** The broker is away: it never counts against the event. The channel pauses. */
        BROKER,
        /** The event's destination, such as a topic, takes nothing as things are: it never counts against the event. */
        DESTINATION,
        /** One of the two, and not the event: it never counts against the event. Which one, others of the channel show. */
        DESTINATION_OR_BROKER,
        /** This event can't be sent as things are: it counts, and the event is tried again later. */
        EVENT,
        /** This event can never be sent: it is dead at once. */
        HOPELESS,
        /** The channel can't send anything any more in this process: its events are given up to other nodes. */
        CHANNEL
    }

    /** Must not block. Whatever it throws, or null, counts as {@link Failure#UNCLEAR}. */
    Failure classify(EventEnvelope event, Throwable error);
}
