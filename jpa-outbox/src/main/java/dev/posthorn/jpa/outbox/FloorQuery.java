package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Owners;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks who writes into the outbox, and what is the first unsent event of a lane. */
final class FloorQuery {

    private final Optional<String> writers;
    private final String table;
    private final Owners owners;

    FloorQuery(Dialect dialect, Tables tables) {
        this.writers = dialect.writers();
        this.table = tables.outbox();
        this.owners = new Owners(dialect, tables);
    }

    /** Whether the database tells who writes. */
    boolean isPossible() {
        return writers.isPresent();
    }

    /**
     * What was seen.
     *
     * @param writers who wrote at first
     * @param stillWriting those of them that were waited for, or may be
     * @param firstUnsent the first number that is unsent in the lane, and was never put away; the largest number of all if there is none;
     *     empty if it is not known
     */
    record Seen(Set<String> writers, Set<String> stillWriting, OptionalLong firstUnsent) {}

    Seen look(EntityManager em, long lane, long from, Set<String> waitedFor) {
        Set<String> now = writers(em);
        Set<String> still = stillWriting(now, waitedFor);
        return new Seen(now, still, still.isEmpty() ? owners.firstUnsent(em, lane, from) : OptionalLong.empty());
    }

    private Set<String> writers(EntityManager em) {
        return Sql.read(em, writers.orElseThrow()).set(1, table).column().stream()
                .map(writer -> Values.text(Objects.requireNonNull(writer)))
                .collect(Collectors.toSet());
    }

    /** A transaction that is prepared goes on under another name, which may be any of those that prepared ones have. */
    static Set<String> stillWriting(Set<String> now, Set<String> waitedFor) {
        boolean mayBePrepared = waitedFor.stream().anyMatch(writer -> !isPrepared(writer));
        Set<String> still = new HashSet<>(now);
        still.removeIf(writer -> !waitedFor.contains(writer) && !(mayBePrepared && isPrepared(writer)));
        return still;
    }

    private static boolean isPrepared(String writer) {
        return writer.startsWith("-1/");
    }
}
