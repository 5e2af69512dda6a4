package dev.posthorn.messaging;

import java.util.ArrayList;
import java.util.List;

/** {@code smallrye-rabbitmq}. */
final class SmallRyeRabbitMqConsumer implements IncomingSupport {

    @Override
    public List<String> problems(IncomingChannel channel) {
        List<String> problems = new ArrayList<>();
        if (channel.isTrue("auto-acknowledgement")) {
            problems.add(BridgeMessages.acknowledgesByItself(channel));
        }
        if (channel.attribute("max-outstanding-messages").isEmpty()) {
            problems.add(BridgeMessages.takesTheWholeQueue(channel));
        }
        return problems;
    }
}
