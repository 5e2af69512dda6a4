package dev.posthorn.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has been published on one AMQP channel and is not confirmed. RabbitMQ counts messages by channel, from 1 on, so each channel
 * has one of these: a confirmation can't be taken for that of a message of an earlier channel.
 */
final class UnconfirmedSends {

    private final NavigableMap<Long, RabbitMqSend> byTag = new TreeMap<>();
    private boolean ended;

    /** Keeps a send until it is answered; false if the channel has ended, and the send is not kept. */
    synchronized boolean add(long tag, RabbitMqSend send) {
        if (ended) {
            return false;
        }
        byTag.put(tag, send);
        return true;
    }

    /**
     * Takes out what has been answered.
     *
     * @param andEarlier whether all that was published before it is answered too
     */
    synchronized List<RabbitMqSend> answered(long tag, boolean andEarlier) {
        SortedMap<Long, RabbitMqSend> answered = andEarlier ? byTag.headMap(tag, true) : byTag.subMap(tag, tag + 1);
        List<RabbitMqSend> sends = new ArrayList<>(answered.values());
        answered.clear();
        return sends;
    }

    /** Notes what RabbitMQ has no queue for. Its confirmation comes after that. */
    synchronized void returned(String event, String reply) {
        for (RabbitMqSend send : byTag.values()) {
            if (send.event().id().toString().equals(event)) {
                send.returned(reply);
            }
        }
    }

    /** Takes out all, in the order in which they were published: nothing of it will be confirmed any more. */
    synchronized List<RabbitMqSend> end() {
        ended = true;
        List<RabbitMqSend> sends = new ArrayList<>(byTag.values());
        byTag.clear();
        return sends;
    }
}
