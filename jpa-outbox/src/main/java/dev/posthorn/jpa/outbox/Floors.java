package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.transaction.OwnTransactions;
import dev.posthorn.log.Log;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For each lane, a number below which there is nothing unsent that was never put away, and never will be. Queries begin there: while
 * somebody holds a snapshot open, PostgreSQL keeps the index entries of all that was delivered since, and they would walk over them.
 *
 * <p>Zero until more is known, and for ever where the database does not tell who writes.
 */
public final class Floors {

    private static final Log LOG = Log.of("dev.posthorn.jpa");

    private final Map<Long, Floor> byLane = new ConcurrentHashMap<>();

    public long of(long lane) {
        Floor floor = byLane.get(lane);
        return floor == null ? 0 : floor.number();
    }

    /**
     * The same for a read of what is to be sent, which is from the very beginning now and then. A mark may be lost when the database ends
     * before it was safe on disk, or when a replica takes over that had not got it yet: what was delivered is unsent again then, below the
     * floor, and nobody else would find it.
     *
     * @param after the number behind which it goes on; 0 if it begins
     */
    long ofRead(long lane, long after) {
        Floor floor = byLane.get(lane);
        return floor == null || (after == 0 && floor.isToBeDoubted()) ? 0 : floor.number();
    }

    /** The part of {@link Floors} that raises them. */
    static final class Raising {

        private final Floors floors;
        private final OwnTransactions own;
        private final FloorQuery query;

        Raising(Floors floors, OwnTransactions own, Dialect dialect, Tables tables) {
            this.floors = floors;
            this.own = own;
            this.query = new FloorQuery(dialect, tables);
        }

        /** These numbers of a lane have been given, so nobody is given smaller ones any more. Now and then, the floor is raised. */
        void given(long lane, Collection<Long> numbers) {
            if (query.isPossible()) {
                Floor floor = floors.byLane.computeIfAbsent(lane, unused -> new Floor());
                if (floor.isDue(numbers)) {
                    raise(floor, lane, numbers);
                }
            }
        }

        /** A floor that stays where it is makes nothing wrong, and what is the matter is told by those who need the database. */
        private void raise(Floor floor, long lane, Collection<Long> numbers) {
            try {
                floor.raise(numbers, (from, waitedFor) -> own.run(em -> query.look(em, lane, from, waitedFor)));
            } catch (RuntimeException e) {
                LOG.log(
                        Level.DEBUG,
                        e,
                        "The first unsent number could not be asked for; queries begin where they did.");
            }
        }
    }
}
