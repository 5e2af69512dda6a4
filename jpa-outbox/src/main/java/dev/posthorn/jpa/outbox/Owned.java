package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.statement.Among;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement on unsent events of a node's channel, given by their numbers. Most have never been put away. Only if some have, it is executed a
 * second time for those that have, whose owner is the same number with a minus.
 */
final class Owned {

    private final Among<Long> statement;

    /**
     * @param sql the lane is its first parameter, and the owner its second; {@code :among} compares the numbers
     * @param more how many parameters come after these
     */
    Owned(Dialect dialect, String table, String sql, int more) {
        this.statement = Among.numbers(dialect, table, sql, 2 + more);
    }

    int change(EntityManager em, Node node, String channel, Collection<Long> numbers, Object... more) {
        long owner = Numbers.owner(node);
        int changed = statement.change(em, numbers, parameters(node, channel, owner, more));
        return changed == numbers.size()
                ? changed
                : changed + statement.change(em, numbers, parameters(node, channel, -owner, more));
    }

    List<@Nullable Object[]> rows(
            EntityManager em, Node node, String channel, Collection<Long> numbers, Object... more) {
        long owner = Numbers.owner(node);
        List<@Nullable Object[]> rows = statement
                .rows(em, numbers, parameters(node, channel, owner, more))
                .toList();
        return rows.size() == numbers.size()
                ? rows
                : Stream.concat(rows.stream(), statement.rows(em, numbers, parameters(node, channel, -owner, more)))
                        .toList();
    }

    private static Object[] parameters(Node node, String channel, long owner, Object[] more) {
        Object[] all = new Object[2 + more.length];
        all[0] = Numbers.lane(node.application(), channel);
        all[1] = owner;
        System.arraycopy(more, 0, all, 2, more.length);
        return all;
    }
}
