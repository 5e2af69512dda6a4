package dev.posthorn.relay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the dead have left unsent, and what the living have given up, is taken over soon: long before the next sweep. */
final class LeftBehind {

    /** A time-out until who is silent is dead, another one if nobody may judge yet, and some heartbeats. */
    private static final long SOON = 3 * Scenario.NODE_TIMEOUT.toNanos();

    private final World world;
    private final Ledger ledger;
    private final SimulatedStore store;
    private final Map<Row, Long> since = new HashMap<>();
    private long lastCheck;

    LeftBehind(World world, Ledger ledger, SimulatedStore store) {
        this.world = world;
        this.ledger = ledger;
        this.store = store;
    }

    void check() {
        if (world.scenario().faults().clockJumps()) {
            // Who is silent is known when the clock says so.
            return;
        }
        Set<Row> left = new HashSet<>();
        for (Row row : store.rows()) {
            if (store.isLeftBehind(row) && world.living().stream().anyMatch(life -> takesOver(life, row))) {
                left.add(row);
            }
        }
        if (world.now() - lastCheck > SOON / 3) {
            // Who knows what was between: it may have been taken over, and left behind again.
            since.clear();
        }
        lastCheck = world.now();
        since.keySet().retainAll(left);
        for (Row row : left) {
            long known = since.computeIfAbsent(row, each -> world.now());
            ledger.require(world.now() - known <= SOON, "%s is left behind, and nobody takes it over", row);
        }
    }

    private static boolean takesOver(Life life, Row row) {
        return life.relayed().stream()
                .anyMatch(channel ->
                        channel.name().equals(row.fate.event.channel()) && channel.takesMore() && !life.standsStill());
    }
}
