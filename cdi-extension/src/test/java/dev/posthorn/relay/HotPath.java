package dev.posthorn.relay;

import java.util.HashSet;
import java.util.Set;

/** Sees to it that the table is not needed while everything fits into memory and nothing goes wrong. */
final class HotPath {

    private final Ledger ledger;
    private final Set<ChannelRelay> inMemory = new HashSet<>();

    HotPath(Ledger ledger) {
        this.ledger = ledger;
    }

    void check(Life life) {
        for (ChannelRelay channel : life.relay().channels()) {
            boolean isInMemory = channel.status().mode() == Intake.Mode.MEMORY;
            ledger.require(
                    isInMemory || !inMemory.contains(channel), "%s left memory although there is room", channel.name());
            if (isInMemory) {
                inMemory.add(channel);
            }
        }
    }
}
