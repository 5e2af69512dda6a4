package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Takes over what the dead left unsent, and what the living gave up. */
final class Adoption {

    // Asked again for each owner, it jumps through the index from one to the next, however much each has.
    private static final String NEXT_OWNER =
            """
            SELECT owner FROM %s WHERE state = 0 AND application = ?1 AND owner > ?2
            ORDER BY state, application, owner %s
            """;

    private static final String LIVING = "SELECT id FROM %s";

    private static final String FIRST_OF_OWNER =
            """
            SELECT id FROM %s WHERE state = 0 AND application = ?1 AND owner = ?2 AND channel = ?3
            ORDER BY state, application, owner, channel, seq %s
            """;

    private static final String TAKE_OVER =
            """
            UPDATE %s SET owner = ?1
            WHERE id :in_ids AND state + 0 = 0 AND owner = ?2 AND NOT EXISTS (SELECT 1 FROM %s WHERE id = ?2)
            """;

    private static final String GIVE_UP =
            """
            UPDATE %s SET owner = ?1 WHERE id :in_ids AND state + 0 = 0 AND owner = ?2
            """;

    /** A backlog of any size is taken over without a transaction that servers would time out. */
    private static final int BATCH = 1000;

    private final String nextOwner;
    private final String living;
    private final String firstOfOwner;
    private final ByIds takeOver;
    private final ByIds giveUp;

    Adoption(Dialect dialect, Tables tables) {
        String table = tables.outbox();
        this.nextOwner = NEXT_OWNER.formatted(table, dialect.limit(1));
        this.living = LIVING.formatted(tables.node());
        this.firstOfOwner = FIRST_OF_OWNER.formatted(table, dialect.limit(BATCH));
        this.takeOver = new ByIds(dialect, table, TAKE_OVER.formatted(table, tables.node()), 2);
        this.giveUp = new ByIds(dialect, table, GIVE_UP.formatted(table), 2);
    }

    /** The owners of unsent events of this application that are not among the living. Who is dead once is dead for ever. */
    List<String> deadOwners(EntityManager em, String application) {
        List<String> owners = owners(em, application);
        if (owners.isEmpty()) {
            return owners;
        }
        // Asked after the owners: a node enters itself before it owns anything.
        owners.removeAll(living(em));
        return owners;
    }

    /**
     * Takes over a first batch of what a dead owner has on a channel.
     *
     * @return how many; none means that there is nothing more to take, or that somebody else is taking it
     */
    int takeOver(EntityManager em, Node node, String owner, String channel) {
        return takeOver.change(em, firstOf(em, node.application(), owner, channel), node.id(), owner);
    }

    /**
     * Gives up a first batch of what a node has on a channel.
     *
     * @return how many there were; some may have come to their end meanwhile
     */
    int giveUp(EntityManager em, Node owner, String channel) {
        List<UUID> ids = firstOf(em, owner.application(), owner.id(), channel);
        giveUp.change(em, ids, Node.NOBODY, owner.id());
        return ids.size();
    }

    private List<String> owners(EntityManager em, String application) {
        List<String> owners = new ArrayList<>();
        String last = "";
        while (true) {
            List<?> next = NativeQuery.column(
                    NativeQuery.read(em, nextOwner).setParameter(1, application).setParameter(2, last));
            if (next.isEmpty()) {
                return owners;
            }
            last = Values.text(next.get(0));
            owners.add(last);
        }
    }

    private Set<String> living(EntityManager em) {
        Set<String> ids = new HashSet<>();
        NativeQuery.column(NativeQuery.read(em, living)).forEach(id -> ids.add(Values.text(id)));
        return ids;
    }

    private List<UUID> firstOf(EntityManager em, String application, String owner, String channel) {
        return NativeQuery.ids(NativeQuery.read(em, firstOfOwner)
                .setParameter(1, application)
                .setParameter(2, owner)
                .setParameter(3, channel));
    }
}
