package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;

import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.IncomingMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A broker that keeps messages in partitions, in their order, and knows up to where each has been answered. A partition belongs to one
 * node at a time; when it goes to another one, everything is delivered again from there on. As a queue, it delivers again only what
 * was not answered.
 */
final class SimulatedBroker {

    private final World world;
    private final List<Partition> partitions = new ArrayList<>();
    private final List<Consumer> consumers = new ArrayList<>();

    SimulatedBroker(World world, Scenario scenario) {
        this.world = world;
        for (String channel : scenario.channels()) {
            for (int i = 0; i < scenario.partitions(); i++) {
                partitions.add(new Partition(channel, i, scenario.queues()));
            }
        }
    }

    private record Message(Fate fate, IncomingMessage content) {}

    private static final class Partition {
        final String channel;
        final int number;
        final List<Message> log = new ArrayList<>();
        final Set<Integer> answered = new HashSet<>();
        int committed;
        int position;
        int assignments;

        @Nullable
        Consumer owner;

        final boolean isQueue;

        Partition(String channel, int number, boolean isQueue) {
            this.channel = channel;
            this.number = number;
            this.isQueue = isQueue;
        }

        boolean hasMore() {
            while (answered.contains(position)) {
                position++;
            }
            return position < log.size();
        }

        int answeredUpTo() {
            int offset = committed;
            while (answered.contains(offset)) {
                offset++;
            }
            return offset;
        }

        void assign(@Nullable Consumer consumer) {
            owner = consumer;
            assignments++;
            position = committed;
            if (!isQueue) {
                answered.clear();
            }
        }

        @Override
        public String toString() {
            return channel + "-" + number;
        }
    }

    /** A node's subscription. */
    private final class Consumer implements EventSource.Subscription {
        final Life life;
        final String channel;
        final int window;
        final EventSource.Receiver receiver;
        int unanswered;
        boolean paused;
        boolean closed;

        Consumer(Life life, String channel, int window, EventSource.Receiver receiver) {
            this.life = life;
            this.channel = channel;
            this.window = window;
            this.receiver = receiver;
        }

        private void mayRefuse() {
            if (world.connectorFails()) {
                throw world.error();
            }
        }

        boolean mayReceive() {
            return !closed && !paused && unanswered < window && !life.hasCrashed() && !life.standsStill();
        }

        @Override
        public void pause() {
            mayRefuse();
            paused = true;
        }

        @Override
        public void resume() {
            mayRefuse();
            paused = false;
        }

        @Override
        public void close() {
            mayThrow();
            if (!closed) {
                closed = true;
                leave(this);
            }
        }
    }

    /** A message on its way through a node. */
    private final class Delivery implements Arrival {
        private final Consumer consumer;
        private final Partition partition;
        private final int offset;
        private final int assignment;
        private boolean answered;

        Delivery(Consumer consumer, Partition partition, int offset) {
            this.consumer = consumer;
            this.partition = partition;
            this.offset = offset;
            this.assignment = partition.assignments;
        }

        private Fate fate() {
            return partition.log.get(offset).fate();
        }

        @Override
        public IncomingMessage message() {
            if (world.surprises()) {
                fate().isLost = true;
                throw world.error();
            }
            return partition.log.get(offset).content();
        }

        @Override
        public CompletionStage<?> acknowledge() {
            consumer.life.pass();
            world.trace(() -> Actors.current() + ": acknowledges " + fate().name + " at " + partition + " " + offset);
            world.ledger().acknowledged(fate());
            return answer();
        }

        @Override
        public CompletionStage<?> refuse(Throwable why) {
            if (!fate().isLost) {
                // One that is lost is refused while it is delivered, where nobody else goes on.
                consumer.life.pass();
            }
            world.trace(() -> Actors.current() + ": refuses " + fate().name);
            world.ledger().refused(fate());
            return answer();
        }

        private CompletionStage<?> answer() {
            if (!answered) {
                answered = true;
                consumer.unanswered--;
            }
            mayThrow();
            if (world.brokerLosesAnswer()) {
                return CompletableFuture.failedFuture(
                        new IllegalStateException("The simulated broker did not hear it"));
            }
            if (partition.assignments == assignment) {
                partition.answered.add(offset);
            }
            return CompletableFuture.completedFuture(null);
        }
    }

    private void mayThrow() {
        if (world.surprises()) {
            throw world.error();
        }
    }

    // --- producers

    void publish(Fate fate, int repetition) {
        int hash = fate.key == null ? world.chance().below(1000) : Math.abs(fate.key.hashCode());
        List<Partition> ofChannel = partitions.stream()
                .filter(each -> each.channel.equals(fate.channel))
                .toList();
        Partition partition = ofChannel.get(hash % ofChannel.size());
        partition.log.add(new Message(fate, content(fate, partition, repetition)));
        world.trace(() -> fate + " is published as " + partition + " " + (partition.log.size() - 1));
    }

    private static IncomingMessage content(Fate fate, Partition partition, int repetition) {
        Map<String, String> attributes = new HashMap<>();
        if (!fate.isUnknown) {
            attributes.put("specversion", "1.0");
            attributes.put("id", fate.kind.idempotent() ? fate.name + "@" + repetition : fate.name);
            attributes.put("source", "producer");
            attributes.put("type", fate.kind.name());
        }
        return new IncomingMessage(
                fate.channel,
                attributes,
                Map.of(),
                null,
                fate.key,
                fate.name + "@" + partition + "-" + partition.log.size(),
                new byte[0]);
    }

    // --- consumers

    EventSource sourceOf(Life life) {
        return new EventSource() {
            @Override
            public List<String> prepare(Set<String> channels) {
                return List.of();
            }

            @Override
            public Subscription open(String channel, int window, Receiver receiver) {
                Consumer consumer = new Consumer(life, channel, window, receiver);
                consumers.add(consumer);
                partitions.stream()
                        .filter(each -> each.channel.equals(channel))
                        .filter(each -> each.owner == null || world.chance().oneIn(2))
                        .forEach(each -> move(each, consumer));
                return consumer;
            }

            @Override
            public Arrival arrival(String channel, Object message) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** What a node has had is delivered to others. */
    void forget(Life life) {
        for (Consumer consumer : List.copyOf(consumers)) {
            if (consumer.life == life) {
                leave(consumer);
            }
        }
    }

    private void leave(Consumer consumer) {
        consumers.remove(consumer);
        partitions.stream().filter(each -> each.owner == consumer).forEach(each -> move(each, anyOf(each.channel)));
    }

    private @Nullable Consumer anyOf(String channel) {
        return world.chance().of(consumers, each -> each.channel.equals(channel));
    }

    void rebalance() {
        Partition partition = world.chance().of(partitions);
        move(partition, anyOf(partition.channel));
    }

    void rebalanceAll() {
        partitions.forEach(each -> move(each, anyOf(each.channel)));
    }

    private void move(Partition partition, @Nullable Consumer to) {
        if (world.chance().oneIn(2)) {
            partition.committed = partition.answeredUpTo();
        }
        partition.assign(to);
        world.trace(
                () -> partition + " goes to " + (to == null ? "nobody" : to.life) + ", from " + partition.committed);
    }

    // --- steps

    /** Delivers a message, or notes up to where a partition has been answered. */
    boolean step() {
        Partition partition = world.chance().of(partitions, this::mayStep);
        if (partition == null) {
            return false;
        }
        if (partition.answeredUpTo() > partition.committed && (world.chance().oneIn(4) || !mayDeliver(partition))) {
            partition.committed = partition.answeredUpTo();
            return true;
        }
        if (mayDeliver(partition)) {
            deliver(partition, requireNonNull(partition.owner));
        }
        return true;
    }

    private boolean mayStep(Partition partition) {
        return partition.answeredUpTo() > partition.committed || mayDeliver(partition);
    }

    private static boolean mayDeliver(Partition partition) {
        return partition.owner != null && partition.hasMore() && partition.owner.mayReceive();
    }

    private void deliver(Partition partition, Consumer consumer) {
        int offset = partition.position++;
        consumer.unanswered++;
        world.ledger()
                .require(
                        consumer.unanswered <= world.scenario().window(),
                        "%d messages are unanswered on %s",
                        consumer.unanswered,
                        consumer.life);
        world.trace(() ->
                consumer.life + " gets " + partition.log.get(offset).fate().name + " from " + partition + " " + offset);
        consumer.receiver.arrived(new Delivery(consumer, partition, offset));
    }

    /** What has not been answered. */
    List<String> open() {
        return partitions.stream()
                .filter(each -> each.committed < each.log.size())
                .map(each -> each + " from " + each.committed + " of " + each.log.size())
                .toList();
    }
}
