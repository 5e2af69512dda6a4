package dev.posthorn.relay;

import java.util.HashMap;
import java.util.Map;

/** Sees to it that the table is not read for what happens while everything fits into memory and nothing goes wrong. */
final class HotPath {

    private final Ledger ledger;
    private final Map<String, Integer> allowed = new HashMap<>();

    HotPath(Ledger ledger) {
        this.ledger = ledger;
    }

    void check(Life life) {
        for (ChannelRelay channel : life.relay().channels()) {
            int reads = life.connection().reads(channel.name());
            int sweeps = life.sweeps();
            if (!allowed.containsKey(channel.name())) {
                if (channel.status().mode() == Intake.Mode.MEMORY) {
                    allowed.put(channel.name(), reads + 2 - sweeps);
                }
                continue;
            }
            ledger.require(
                    channel.status().mode() == Intake.Mode.MEMORY,
                    "%s left memory although there is room",
                    channel.name());
            ledger.require(
                    reads <= allowed.get(channel.name()) + sweeps, "%s was read more often than swept", channel.name());
        }
    }
}
