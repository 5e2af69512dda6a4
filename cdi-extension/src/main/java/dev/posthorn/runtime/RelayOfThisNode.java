package dev.posthorn.runtime;

import dev.posthorn.operate.LocalRelay;
import dev.posthorn.relay.Relay;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The relay of this node as operators' interventions see it. */
record RelayOfThisNode(Relay relay, Receiving inbox) implements LocalRelay {

    @Override
    public Set<String> channels() {
        return relay.status().entrySet().stream()
                .filter(channel -> channel.getValue().isUsable())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public Set<String> sending() {
        return relay.status().keySet();
    }

    @Override
    public Set<String> receiving() {
        return inbox.allChannels();
    }

    @Override
    public void lookAgain(String channel, Collection<String> keys) {
        relay.rowsChanged(channel, keys);
    }

    @Override
    public void suspend(Set<String> channels) {
        relay.suspend(channels);
        inbox.suspend(channels);
    }
}
