package dev.posthorn.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;

/**
 * Finds what would keep events from being sent, or let them count as sent too early.
 *
 * @param hasEmitter whether the extension made an emitter for a channel
 * @param connectors those that channels can use
 */
record DeploymentChecks(Config config, Predicate<String> hasEmitter, Connectors connectors) {

    /** All that is wrong with these channels, each with the remedy. */
    List<String> problems(Set<String> channels) {
        List<String> problems = new ArrayList<>();
        Set<String> withoutEmitter = new TreeSet<>();
        for (String name : new TreeSet<>(channels)) {
            Optional<OutgoingChannel> channel = OutgoingChannel.of(name, config);
            channel.ifPresentOrElse(
                    configured -> problems.addAll(problems(configured)),
                    () -> problems.add(BridgeMessages.noConnector(name)));
            if (channel.isPresent() && !hasEmitter.test(name)) {
                withoutEmitter.add(name);
            }
        }
        if (!withoutEmitter.isEmpty()) {
            problems.add(BridgeMessages.noEmitters(withoutEmitter, EventChannels.listed(config)));
        }
        return problems;
    }

    /** What the channels' connectors can't carry, and what is rarely meant. */
    List<String> warnings(Set<String> channels) {
        List<String> warnings = new ArrayList<>();
        for (String name : new TreeSet<>(channels)) {
            OutgoingChannel.of(name, config).ifPresent(channel -> warnings.addAll(warnings(channel)));
        }
        return warnings;
    }

    private List<String> warnings(OutgoingChannel channel) {
        ConnectorSupport support = ConnectorSupport.of(channel.connector());
        List<String> warnings = new ArrayList<>(support.warnings(channel));
        if (!support.carriesAttributes() && connectors.problem(channel).isEmpty()) {
            warnings.add(BridgeMessages.payloadOnly(channel));
        }
        return warnings;
    }

    private List<String> problems(OutgoingChannel channel) {
        List<String> problems =
                new ArrayList<>(ConnectorSupport.of(channel.connector()).problems(channel));
        connectors.problem(channel).ifPresent(problems::add);
        if (channel.isTrue("merge")) {
            problems.add(BridgeMessages.shared(channel));
        }
        return problems;
    }
}
