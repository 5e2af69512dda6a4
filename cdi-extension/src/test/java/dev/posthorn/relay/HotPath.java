package dev.posthorn.relay;

import java.util.HashMap;
import java.util.Map;

/** Sees to it that the table is not read for what happens while everything fits into memory and nothing goes wrong. */
final class HotPath {

    private final Ledger ledger;
    private final Map<ChannelRelay, Integer> allowed = new HashMap<>();

    HotPath(Ledger ledger) {
        this.ledger = ledger;
    }

    void check(Life life) {
        for (ChannelRelay channel : life.relay().channels()) {
            int reads = life.connection().reads(channel.name());
            int sweeps = life.sweeps();
            if (!allowed.containsKey(channel)) {
                if (channel.status().mode() == Intake.Mode.MEMORY) {
                    // What was fired before is in the table, in batches.
                    allowed.put(channel, reads + 2 + 10 * ledger.all().size() - sweeps);
                }
                continue;
            }
            ledger.require(
                    channel.status().mode() == Intake.Mode.MEMORY,
                    "%s left memory although there is room",
                    channel.name());
            ledger.require(reads <= allowed.get(channel) + sweeps, "%s was read more often than swept", channel.name());
        }
    }
}
