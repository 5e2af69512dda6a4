package dev.posthorn.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;

/**
 * Finds what would keep messages from being received, lose them, or stop a channel for good.
 *
 * @param hasPublisher whether the extension made a publisher for a channel
 * @param connectors those that channels can use
 */
record IncomingChecks(Config config, Predicate<String> hasPublisher, Connectors connectors) {

    /** All that is wrong with these channels, each with the remedy. */
    List<String> problems(Set<String> channels) {
        List<String> problems = new ArrayList<>();
        for (String name : new TreeSet<>(channels)) {
            Optional<IncomingChannel> channel = IncomingChannel.of(name, config);
            channel.ifPresentOrElse(
                    configured -> problems.addAll(problems(configured)),
                    () -> problems.add(BridgeMessages.noIncomingConnector(name)));
            if (channel.isPresent() && !hasPublisher.test(name)) {
                problems.add(BridgeMessages.noPublisher(name, IncomingChannel.listed(config)));
            }
        }
        return problems;
    }

    /** What may be meant, and mostly isn't. */
    List<String> warnings(Set<String> channels) {
        List<String> warnings = new ArrayList<>();
        for (String name : new TreeSet<>(channels)) {
            IncomingChannel.of(name, config)
                    .filter(channel -> connectors.problem(channel).isEmpty())
                    .ifPresent(channel -> warnings.addAll(
                            IncomingSupport.of(channel.connector()).warnings(channel)));
        }
        return warnings;
    }

    private List<String> problems(IncomingChannel channel) {
        List<String> problems =
                new ArrayList<>(IncomingSupport.of(channel.connector()).problems(channel));
        connectors.problem(channel).ifPresent(problems::add);
        if (channel.isTrue("broadcast")) {
            problems.add(BridgeMessages.broadcast(channel));
        }
        return problems;
    }
}
