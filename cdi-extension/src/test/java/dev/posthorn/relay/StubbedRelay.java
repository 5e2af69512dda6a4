package dev.posthorn.relay;

import dev.posthorn.Stub;
import dev.posthorn.channel.ChannelSettings;
import dev.posthorn.node.Membership;
import dev.posthorn.node.Neighbours;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.watch.StoreWatch;
import java.util.Map;
import java.util.function.LongSupplier;

/** A relay without threads, whose passes are made by a test. What is around it is stubs, to whose calls the test answers. */
final class StubbedRelay {

    private StubbedRelay() {}

    static Relay of(
            Map<String, ChannelSettings> channels, Membership node, LongSupplier nanoClock, Stub.Answers answers) {
        return of(
                channels,
                node,
                nanoClock,
                answers,
                Stub.of(EventTransport.class, answers),
                Stub.of(Retrier.class, answers));
    }

    static Relay of(
            Map<String, ChannelSettings> channels,
            Membership node,
            LongSupplier nanoClock,
            Stub.Answers answers,
            EventTransport transport,
            Retrier retrier) {
        return new Relay(
                channels,
                new Relay.Ports(
                        Stub.of(EventStore.class, answers),
                        transport,
                        retrier,
                        node,
                        Stub.of(RelayListener.class, answers),
                        (event, error) -> Failure.UNCLEAR,
                        Stub.of(Neighbours.class, answers),
                        new StoreWatch(nanoClock)),
                nanoClock,
                Stub.of(WakeUps.class, answers));
    }
}
