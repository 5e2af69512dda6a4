package dev.posthorn.jpa.outbox;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.jpa.transaction.OwnTransactions;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Sees at the start whether the numbers of new events are larger than those that are there. After a restore of data alone, or a cut-over
 * to a replica that has no sequences, they begin at 1: new events would come before old ones of their key, and be overlooked where
 * nothing unsent is expected any more.
 */
final class Numbering {

    private static final String NAME = "posthorn:trial";

    /** Left free when numbers are told to go on: nobody may have seen the largest that was given. Numbers are not scarce. */
    private static final long ROOM = 1_000_000;

    private static final String LARGEST = "SELECT MAX(seq) FROM %s";

    private static final String APPLICATIONS = "SELECT DISTINCT application FROM %s";

    private static final String NEWEST_SETTLED =
            """
            SELECT seq FROM %s WHERE application = ?1 AND state = 1
            ORDER BY application DESC, state DESC, settled_at DESC, seq DESC %s
            """;

    private static final String OF_OWNER = "SELECT seq FROM %s WHERE lane = ?1 AND owner = ?2";

    private static final String DELETE = "DELETE FROM %s WHERE lane = ?1 AND owner = ?2 AND seq = ?3";

    private final OwnTransactions own;
    private final Dialect dialect;
    private final Tables tables;
    private final Append append;

    Numbering(OwnTransactions own, Dialect dialect, Tables tables) {
        this.own = own;
        this.dialect = dialect;
        this.tables = tables;
        this.append = new Append(dialect, tables);
    }

    /** What is wrong, with the remedy. */
    List<String> problems() {
        if (dialect.readersWait()) {
            // Nodes that start at once would wait for each other's tables and rows, perhaps longer than their locks.
            return List.of();
        }
        Trial trial = new Trial();
        try {
            own.rolledBack(trial::run);
        } catch (RuntimeException e) {
            return List.of(Problems.nothingStored(tables.outbox(), e));
        }
        return trial.next > trial.largest
                ? List.of()
                : List.of(Problems.numbersBeginAgain(
                        tables.outbox(),
                        trial.next,
                        trial.largest,
                        dialect.goOnBehind(tables.outbox(), "seq", trial.largest + ROOM)));
    }

    private final class Trial {

        private long largest;
        private long next;

        /** In this order: what others store meanwhile gets numbers that were not looked at. */
        void run(EntityManager em) {
            largest = Stream.concat(largest(em), settled(em))
                    .mapToLong(Values::number)
                    .max()
                    .orElse(0);
            next = take(em);
        }

        private Stream<Object> largest(EntityManager em) {
            return Sql.read(em, LARGEST.formatted(tables.outbox())).column().stream()
                    .filter(Objects::nonNull);
        }

        /** Not the largest of all, which would take a scan, but one of the largest. */
        private Stream<Object> settled(EntityManager em) {
            String newest = NEWEST_SETTLED.formatted(tables.settled(), dialect.limit(1));
            return Sql.read(em, APPLICATIONS.formatted(tables.channel())).column().stream()
                    .flatMap(application -> Sql.read(em, newest).set(1, Values.text(application)).column().stream());
        }

        /** The row is deleted as well, for where nothing is rolled back, which is tried later. */
        private long take(EntityManager em) {
            Node node = new Node(UUID.randomUUID().toString(), NAME);
            append.append(em, node, List.of(event()));
            long lane = Numbers.lane(NAME, NAME);
            long owner = Numbers.owner(node);
            long number = Sql.read(em, OF_OWNER.formatted(tables.outbox()))
                    .setAll(lane, owner)
                    .numbers()
                    .get(0);
            Sql.change(em, tables.outbox(), DELETE.formatted(tables.outbox()))
                    .setAll(lane, owner, number)
                    .execute();
            return number;
        }

        private EventEnvelope event() {
            return new EventEnvelope(
                    UUID.randomUUID(),
                    NAME,
                    NAME,
                    Instant.EPOCH,
                    NAME,
                    NAME,
                    null,
                    false,
                    WhenDead.SKIP,
                    "text/plain",
                    Map.of(),
                    new byte[0]);
        }
    }
}
