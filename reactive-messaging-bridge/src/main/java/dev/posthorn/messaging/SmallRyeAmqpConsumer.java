package dev.posthorn.messaging;

import java.util.ArrayList;
import java.util.List;

/** {@code smallrye-amqp}: AMQP 1.0. */
final class SmallRyeAmqpConsumer implements IncomingSupport {

    @Override
    public List<String> problems(IncomingChannel channel) {
        List<String> problems = new ArrayList<>();
        if (channel.isTrue("auto-acknowledgement")) {
            problems.add(BridgeMessages.acknowledgesByItself(channel));
        }
        if (!channel.isFalse("cloud-events")) {
            problems.add(BridgeMessages.stopsByMalformedEvents(channel));
        }
        return problems;
    }
}
