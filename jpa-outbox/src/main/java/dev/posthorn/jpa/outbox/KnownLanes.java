package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Plans;
import dev.posthorn.jpa.statement.Lanes;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.transaction.Lazy;
import dev.posthorn.jpa.transaction.OwnTransactions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Enters channels for operators, each once, when a node first reads its events: only then is there somebody who relays them. */
final class KnownLanes {

    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private final OwnTransactions own;
    private final Lazy<Lanes> lanes;

    KnownLanes(OwnTransactions own, Lazy<Lanes> lanes) {
        this.own = own;
        this.lanes = lanes;
    }

    void enter(String application, String channel) {
        long lane = Numbers.lane(application, channel);
        if (!known.contains(lane)) {
            Lanes all = lanes.get();
            own.run(Plans.ANY, em -> {
                all.enter(em, application, channel);
                return true;
            });
            known.add(lane);
        }
    }
}
