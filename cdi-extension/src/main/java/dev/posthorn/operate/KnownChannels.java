package dev.posthorn.operate;

import static java.util.Objects.requireNonNull;

import dev.posthorn.log.Printable;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Refuses channels that there are not: an operator who misspells one is to learn it.
 *
 * @param configured those of this node
 * @param left whether there is something of a channel that this node does not have: that of an earlier version, or of another node
 */
record KnownChannels(Set<String> configured, Predicate<String> left) {

    /** @throws IllegalArgumentException if there is no such channel */
    void require(String channel) {
        requireNonNull(channel, "channel");
        if (!configured.contains(channel) && !left.test(channel)) {
            throw new IllegalArgumentException("POSTHORN-4031 There is no channel '" + Printable.text(channel)
                    + "' here, and no event of one: nothing was done. "
                    + (configured.isEmpty()
                            ? "This node has no such channels."
                            : "The channels are: "
                                    + configured.stream()
                                            .sorted()
                                            .map(Printable::text)
                                            .collect(Collectors.joining(", "))
                                    + "."));
        }
    }
}
