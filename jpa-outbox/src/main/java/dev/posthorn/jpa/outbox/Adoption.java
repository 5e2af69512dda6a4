package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.OutboxIndex;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Among;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Owners;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Takes over what the dead left unsent, and what the living gave up. */
final class Adoption {

    private static final String FIRST_OF_OWNER =
            """
            SELECT o.seq FROM %s WHERE o.lane = ?1 AND o.owner = ?2 AND o.state + 0 = 0 ORDER BY o.lane, o.owner, o.seq %s
            """;

    private static final String CHANGE_OWNER =
            """
            UPDATE %s SET owner = ?3 WHERE lane = ?1 AND owner = ?2 AND seq :among AND state + 0 = 0
            """;

    /** A backlog of any size is taken over without a transaction that servers would time out. */
    private static final int BATCH = 1000;

    private final Owners owners;
    private final String firstOfOwner;
    private final Among<Long> changeOwner;

    Adoption(Dialect dialect, Tables tables) {
        String table = tables.outbox();
        this.owners = new Owners(dialect, tables);
        this.firstOfOwner = FIRST_OF_OWNER.formatted(dialect.by(OutboxIndex.OWNER, table, "o"), dialect.limit(BATCH));
        this.changeOwner = Among.numbers(dialect, table, CHANGE_OWNER.formatted(table), 3);
    }

    /** For each lane that has any, the owners of unsent events that do not live. Who is dead once is dead for ever. */
    Map<Long, List<Long>> deadOwners(EntityManager em, Collection<Long> lanes) {
        return owners.dead(em, lanes);
    }

    /**
     * Takes over a first batch of what a dead owner has in a lane.
     *
     * @return how many; none means that there is nothing more to take, or that somebody else is taking it
     */
    int takeOver(EntityManager em, Node node, long lane, long owner) {
        long heir = Long.signum(owner) * Numbers.owner(node);
        return changeOwner.change(em, first(em, lane, owner), lane, owner, heir);
    }

    /**
     * Gives up a first batch of what a node has on a channel.
     *
     * @return how many there were; some may have come to their end meanwhile
     */
    int giveUp(EntityManager em, Node node, String channel) {
        long lane = Numbers.lane(node.application(), channel);
        long owner = Numbers.owner(node);
        long nobody = Numbers.owner(Node.NOBODY);
        List<Long> fresh = first(em, lane, owner);
        List<Long> returned = first(em, lane, -owner);
        changeOwner.change(em, fresh, lane, owner, nobody);
        changeOwner.change(em, returned, lane, -owner, -nobody);
        return fresh.size() + returned.size();
    }

    private List<Long> first(EntityManager em, long lane, long owner) {
        return Sql.read(em, firstOfOwner).setAll(lane, owner).numbers();
    }
}
