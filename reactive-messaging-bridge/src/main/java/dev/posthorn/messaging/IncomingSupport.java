package dev.posthorn.messaging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What receiving through one kind of connector takes. */
interface IncomingSupport {

    /** What of the channel's configuration would lose messages or stop the channel, each with the remedy. */
    List<String> problems(IncomingChannel channel);

    /** What of it is rarely meant. */
    default List<String> warnings(IncomingChannel channel) {
        return List.of();
    }

    /** Asks the broker for how long it keeps events; a warning for each place where that is longer. */
    default CompletionStage<List<String>> keptLongerThan(Duration inbox, IncomingChannel channel) {
        return CompletableFuture.completedStage(List.of());
    }

    /** The support for a connector, by the name that channels call it by. */
    static IncomingSupport of(String connector) {
        return switch (connector) {
            case SmallRyeKafkaSupport.CONNECTOR -> new SmallRyeKafkaConsumer();
            case LibertyKafkaSupport.CONNECTOR -> new LibertyKafkaConsumer();
            case SmallRyeRabbitMqSupport.CONNECTOR -> new SmallRyeRabbitMqConsumer();
            case SmallRyeAmqpSupport.CONNECTOR -> new SmallRyeAmqpConsumer();
            default -> new UnknownConsumer();
        };
    }
}
