package dev.posthorn.relay;

import static java.util.Objects.requireNonNull;

import dev.posthorn.channel.Channel;
import dev.posthorn.thread.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/** The loops of a relay: four for each channel, so that none waits for another's broker, one that marks and one that takes over for all. */
final class Loops implements WakeUps {

    /** Under load; a question to the store takes about as long itself. */
    private static final long GATHER_TURNS = Duration.ofMillis(3).toNanos();

    private final Map<Channel, ChannelLoops> ofChannels = new HashMap<>();
    private final Loop marking;
    private final Loop takingOver;

    private record ChannelLoops(Loop sending, Loop asking, Loop retrying, Loop table) {}

    Loops(Relay relay, Executor executor, Duration gatherMarks) {
        for (Channel channel : relay.channels()) {
            ofChannels.put(
                    channel,
                    new ChannelLoops(
                            new Loop(
                                    "send",
                                    () -> relay.sendPass(channel),
                                    executor,
                                    Duration.ZERO,
                                    RelayLog::passFailed),
                            new Loop(
                                    "ask", () -> relay.askPass(channel), executor, Duration.ZERO, RelayLog::passFailed),
                            new Loop(
                                    "retry",
                                    () -> relay.retryPass(channel),
                                    executor,
                                    Duration.ZERO,
                                    RelayLog::passFailed),
                            new Loop(
                                    "table",
                                    () -> relay.tablePass(channel),
                                    executor,
                                    Duration.ZERO,
                                    RelayLog::passFailed)));
        }
        marking = new Loop("mark", relay::markPass, executor, gatherMarks, RelayLog::passFailed);
        takingOver = new Loop("take over", relay::takeOver, executor, Duration.ZERO, RelayLog::passFailed);
    }

    /** What the dead have left may be much: no tick waits for that. */
    void takeOver() {
        takingOver.signal();
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
        marking.signal();
    }

    @Override
    public void gather() {
        LockSupport.parkNanos(this, GATHER_TURNS);
    }

    void stop() {
        for (ChannelLoops loops : ofChannels.values()) {
            loops.sending().stop();
            loops.asking().stop();
            loops.retrying().stop();
            loops.table().stop();
        }
        marking.stop();
        takingOver.stop();
    }

    private ChannelLoops of(Channel channel) {
        return requireNonNull(ofChannels.get(channel), "a channel of this relay");
    }
}
