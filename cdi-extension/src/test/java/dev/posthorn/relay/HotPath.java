package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import java.util.HashSet;
import java.util.Set;

/** Sees to it that the table is not needed while everything fits into memory and nothing goes wrong. */
final class HotPath {

    private final Ledger ledger;
    private final Set<Channel> inMemory = new HashSet<>();

    HotPath(Ledger ledger) {
        this.ledger = ledger;
    }

    void check(Life life) {
        for (Channel channel : life.relayed()) {
            boolean isInMemory = channel.status().inMemory();
            ledger.require(
                    isInMemory || !inMemory.contains(channel), "%s left memory although there is room", channel.name());
            if (isInMemory) {
                inMemory.add(channel);
            }
        }
    }
}
