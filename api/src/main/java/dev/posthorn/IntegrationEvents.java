package dev.posthorn;

import java.util.concurrent.CompletionStage;

/**
 * Publishes what {@link jakarta.enterprise.event.Event#fire} can't say: another topic, another key, headers, several events at
 * once. Inject it anywhere.
 *
 * <p>The guarantees are those of {@code fire}: the event is a snapshot taken when the method is called, is stored in the caller's
 * JTA transaction and relayed if and only if that commits. Unlike {@code fire}, observers in the application are not called.
 */
public interface IntegrationEvents {

    /**
     * Publishes an event as its {@link IntegrationEvent} says.
     *
     * @throws NoActiveTransactionException without a transaction, unless {@code posthorn.no-transaction=new}
     * @throws EventNotPublishableException if the event's class can't be published or the event can't be serialised
     */
    void publish(Object event);

    /** Publishes several events, in the order given; all of them or, if one can't be published, none. */
    void publishAll(Iterable<?> events);

    /** Starts the description of one event whose topic, key or headers are its own; nothing happens before {@link Draft#publish}. */
    Draft draft(Object event);

    /**
     * Hands over a message that the application has received itself, on no channel in particular; see {@link #receive(String,
     * Object)}.
     */
    CompletionStage<Void> receive(Object message);

    /**
     * Hands over a message that the application has received itself, in an {@code @Incoming} method of its own:
     *
     * <pre>{@code
     * @Incoming("orders")
     * CompletionStage<Void> on(Message<byte[]> message) {
     *     return events.receive("orders", message);
     * }
     * }</pre>
     *
     * <p>It is handled as if Posthorn had received it: each event once, by the handlers of its type. Posthorn acknowledges the
     * message, so the method must take the {@code Message}, not its payload.
     *
     * @param channel for the settings of the inbox; it has to be named in {@code posthorn.inbox.own-channels}
     * @param message a message of MicroProfile Reactive Messaging
     * @return completes when there is room for another message, which may be before this one is handled
     * @throws IllegalArgumentException if it is no such message, or the channel isn't named
     */
    CompletionStage<Void> receive(String channel, Object message);

    /** One event about to be published. Not thread-safe; use it once. */
    interface Draft {

        /**
         * Overrides the topic of the event's type.
         *
         * @throws IllegalArgumentException if the topic is blank, or too long to be stored
         */
        Draft topic(String topic);

        /** Overrides the value of the event's {@link Key}. An empty one means that the event has none. */
        Draft key(String key);

        /**
         * Adds a header, which travels beside the CloudEvents attributes and under its own name.
         *
         * @throws IllegalArgumentException if the name is empty, starts with {@code ce_}, {@code cloudEvents_} or
         *     {@code cloudEvents:}, or is {@code content-type} or {@code posthornreplayof}, in whatever case
         */
        Draft header(String name, String value);

        /** Publishes the event; see {@link IntegrationEvents#publish}. */
        void publish();
    }
}
