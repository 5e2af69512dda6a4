package dev.posthorn.relay;

import static java.util.Objects.requireNonNull;

import dev.posthorn.channel.Channel;
import dev.posthorn.thread.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The loops of a relay: four for each channel, so that none waits for another's broker, and one each that marks, takes over and calls
 * observers for all.
 */
final class Loops implements WakeUps {

    /** Under load; a question to the store takes about as long itself. */
    private static final long GATHER_TURNS = Duration.ofMillis(3).toNanos();

    private final Executor threads;
    private final Duration gatherMarks;
    private final Map<Channel, ChannelLoops> ofChannels = new HashMap<>();
    private final List<Loop> sendersAndReaders = new ArrayList<>();
    private @Nullable NodeLoops ofNode;

    private record ChannelLoops(Loop sending, Loop asking, Loop retrying, Loop table) {}

    private record NodeLoops(Loop marking, Loop takingOver, Loop announcing) {}

    Loops(Executor threads, Duration gatherMarks) {
        this.threads = threads;
        this.gatherMarks = gatherMarks;
    }

    /** To be called once, before anybody is woken. */
    void make(Relay relay) {
        for (Passes passes : relay.passes()) {
            ofChannels.put(
                    passes.channel(),
                    new ChannelLoops(
                            loop("send", passes, passes.send()),
                            loop("ask", passes, passes.ask()),
                            loop("retry", passes, passes.retry()),
                            loop("table", passes, passes.table())));
        }
        Loop takingOver = loop("take over", relay.takingOver(), Duration.ZERO);
        sendersAndReaders.add(takingOver);
        ofNode = new NodeLoops(
                loop("mark", relay.marking(), gatherMarks),
                takingOver,
                loop("notify", relay.notifications(), Duration.ZERO));
    }

    private Loop loop(String name, Passes of, Runnable pass) {
        Loop loop = loop(name + " " + of.channel().name(), pass, Duration.ZERO);
        sendersAndReaders.add(loop);
        return loop;
    }

    private Loop loop(String name, Runnable pass, Duration gather) {
        return new Loop(name, pass, threads, gather, RelayLog::passFailed);
    }

    @Override
    public void send(Channel channel) {
        of(channel).sending().signal();
    }

    @Override
    public void ask(Channel channel) {
        of(channel).asking().signal();
    }

    @Override
    public void retry(Channel channel) {
        of(channel).retrying().signal();
    }

    @Override
    public void sendWithin(Channel channel, Duration time) {
        of(channel).sending().signalWithin(time);
    }

    @Override
    public void table(Channel channel) {
        of(channel).table().signal();
    }

    @Override
    public void mark() {
        ofNode().marking().signal();
    }

    @Override
    public void takeOver() {
        ofNode().takingOver().signal();
    }

    @Override
    public void announce() {
        ofNode().announcing().signal();
    }

    @Override
    public void gather() {
        LockSupport.parkNanos(this, GATHER_TURNS);
    }

    @Override
    public void stopSending() {
        sendersAndReaders.forEach(Loop::stop);
    }

    @Override
    public void stop() {
        stopSending();
        ofNode().marking().stop();
        ofNode().announcing().stop();
    }

    private ChannelLoops of(Channel channel) {
        return requireNonNull(ofChannels.get(channel), "a channel of this relay");
    }

    private NodeLoops ofNode() {
        return requireNonNull(ofNode, "loops have been made");
    }
}
