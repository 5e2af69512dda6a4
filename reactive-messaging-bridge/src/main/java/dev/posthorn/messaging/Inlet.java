package dev.posthorn.messaging;

import dev.posthorn.PosthornException;
import dev.posthorn.spi.EventSource;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * An open channel: asks its connector for as many messages as its window has room for, and hands them on.
 *
 * <p>Blocks nobody: signals to the connector are given one after the other, as Reactive Streams demands, by whichever thread finds
 * none being given.
 */
@SuppressWarnings("rawtypes") // see ChannelPublisher
final class Inlet implements Flow.Subscriber<Message>, EventSource.Subscription {

    private final String channel;
    private final MessageReaders readers;
    private final EventSource.Receiver receiver;

    /** How many messages there is room for and that have not been asked for. */
    private final AtomicInteger room;

    private final AtomicInteger signals = new AtomicInteger();

    private volatile Flow.@Nullable Subscription connector;
    private volatile boolean paused;
    private final AtomicBoolean over = new AtomicBoolean();

    Inlet(String channel, int window, MessageReaders readers, EventSource.Receiver receiver) {
        this.channel = channel;
        this.room = new AtomicInteger(window);
        this.readers = readers;
        this.receiver = receiver;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        if (connector != null) {
            subscription.cancel();
            return;
        }
        connector = subscription;
        signal();
    }

    @Override
    public void onNext(Message message) {
        if (over.get()) {
            return; // not answered, it comes again
        }
        try {
            receiver.arrived(
                    new MessageArrival(readers.read(channel, message), message, this::answered, this::breakOff));
        } catch (LinkageError e) {
            breakOff(new PosthornException(BridgeMessages.doesNotLink(channel, e), e));
        } catch (Throwable e) {
            breakOff(e);
        }
    }

    /**
     * Without an answer to a message the broker is told of no later one either: better to end than to stall. A refusal that fails is
     * no answer; connectors whose strategy is to stop the channel say so in no other way.
     */
    private void breakOff(Throwable why) {
        end(why);
        signal();
    }

    @Override
    public void onError(Throwable why) {
        end(why);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        signal();
    }

    @Override
    public void close() {
        over.set(true);
        signal();
    }

    private void end(@Nullable Throwable why) {
        if (over.compareAndSet(false, true)) {
            receiver.ended(why);
        }
    }

    private void answered() {
        room.incrementAndGet();
        signal();
    }

    private void signal() {
        if (signals.getAndIncrement() != 0) {
            return; // whoever is at it looks again
        }
        int seen = 1;
        do {
            signalOnce();
            seen = signals.addAndGet(-seen);
        } while (seen != 0);
    }

    private void signalOnce() {
        Flow.Subscription target = connector;
        if (target == null) {
            return;
        }
        if (over.get()) {
            target.cancel();
        } else if (!paused) {
            int wanted = room.getAndSet(0);
            if (wanted > 0) {
                target.request(wanted);
            }
        }
    }
}
