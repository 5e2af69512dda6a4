package dev.posthorn.jpa;

import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes over what the dead left unsent. */
final class Adoption {

    // Asked again for each owner, it jumps through the index from one to the next, however much each has.
    private static final String NEXT_OWNER =
            """
            SELECT owner FROM %s WHERE state = 0 AND application = ?1 AND owner > ?2
            ORDER BY state, application, owner %s
            """;

    private static final String LIVING = "SELECT id FROM %s";

    private static final String END_OF_BATCH =
            """
            SELECT COALESCE(MAX(seq), 0) FROM (
                SELECT seq FROM %s WHERE state = 0 AND application = ?1 AND owner = ?2 AND channel = ?3
                ORDER BY state, application, owner, channel, seq
                %s
            ) batch
            """;

    private static final String TAKE_OVER =
            """
            UPDATE %1$s SET owner = ?5
            WHERE state = 0 AND application = ?1 AND owner = ?2 AND channel = ?3 AND seq <= ?4
                AND NOT EXISTS (SELECT 1 FROM %2$s WHERE id = ?2)
            """;

    /** A backlog of any size is taken over without a transaction that servers would time out. */
    private static final int BATCH = 10_000;

    private final String table;
    private final String nextOwner;
    private final String living;
    private final String endOfBatch;
    private final String takeOver;

    Adoption(Dialect dialect, Tables tables) {
        this.table = tables.outbox();
        this.nextOwner = NEXT_OWNER.formatted(table, dialect.limit(1));
        this.living = LIVING.formatted(tables.node());
        this.endOfBatch = END_OF_BATCH.formatted(table, dialect.limit(BATCH));
        this.takeOver = TAKE_OVER.formatted(table, tables.node());
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
     * @return how many; none means that there is nothing more to take
     */
    int takeOver(EntityManager em, Node node, String owner, String channel) {
        long end = endOfBatch(em, node, owner, channel);
        if (end == 0) {
            return 0;
        }
        return NativeQuery.change(em, table, takeOver)
                .setParameter(1, node.application())
                .setParameter(2, owner)
                .setParameter(3, channel)
                .setParameter(4, end)
                .setParameter(5, node.id())
                .executeUpdate();
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

    private long endOfBatch(EntityManager em, Node node, String owner, String channel) {
        return Values.number(NativeQuery.column(NativeQuery.read(em, endOfBatch)
                        .setParameter(1, node.application())
                        .setParameter(2, owner)
                        .setParameter(3, channel))
                .get(0));
    }
}
