package dev.posthorn.tck.reliability;

import dev.posthorn.tck.effects.Followed;
import dev.posthorn.tck.fixture.ConsumerGroup;
import dev.posthorn.tck.fixture.Fixtures;
import java.util.List;

/** The nodes as receivers of their own events: have they handled all of them, and told of each? */
final class Receivers implements AutoCloseable {

    private final Trial trial;
    private final LedgerTable tables;
    private final Follower follower;
    private final ConsumerGroup group = new ConsumerGroup(LedgerApplication.GROUP);

    Receivers(Trial trial, LedgerTable tables) {
        this.trial = trial;
        this.tables = tables;
        this.follower = new Follower(Fixtures.broker().bootstrapServers(), Followed.TOPIC, trial.keyPrefix());
    }

    /** Whether there is nothing more to be received, and no more to be done. What follows may not yet be published. */
    boolean areDone() {
        return tables.countUnhandled(trial.keyPrefix()) == 0
                && tables.unfinishedEntries().isEmpty()
                && group.lag(LedgerApplication.TOPIC) == 0;
    }

    /** What they have done, and what follows from it. */
    Verdict verdict(List<Committed> committed, Incidents incidents) {
        Verdict effects = new EffectChecker(committed)
                .stuck(tables.unfinishedEntries())
                .dead(tables.dead(trial.name()))
                .check(tables.effects(trial.keyPrefix()));
        List<Committed> numbered =
                committed.stream().filter(each -> each.number() > 0).toList();
        return effects.and(new Checker(numbered).check(follower.all(), incidents));
    }

    @Override
    public void close() {
        follower.close();
        group.close();
    }
}
