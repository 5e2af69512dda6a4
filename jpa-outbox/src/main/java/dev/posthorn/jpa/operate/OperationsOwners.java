package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Owners;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who owns unsent events: nodes that live, of which there are names, and others, of which there are numbers. */
final class OperationsOwners {

    private final Owners owners;

    OperationsOwners(Dialect dialect, Tables tables) {
        this.owners = new Owners(dialect, tables);
    }

    /** The names of owners by their numbers. */
    record Names(Map<Long, String> living) {

        boolean lives(long owner) {
            return living.containsKey(Math.abs(owner));
        }

        /** What is put away is nobody's, and so is what was given up. */
        String of(long owner) {
            long number = Math.abs(owner);
            return number == Numbers.NOBODY || number == Numbers.owner(Node.NOBODY)
                    ? Node.NOBODY
                    : living.getOrDefault(number, Long.toString(number));
        }
    }

    Names names(EntityManager em) {
        return new Names(owners.names(em));
    }

    /** For each lane, the owners that may have unsent events, as rows have them: with a minus for what was put away before. */
    Map<Long, List<Long>> all(EntityManager em, Collection<Long> lanes, Names names) {
        Map<Long, List<Long>> dead = owners.dead(em, lanes);
        Map<Long, List<Long>> all = new HashMap<>();
        for (long lane : lanes) {
            List<Long> ofLane = new ArrayList<>(dead.getOrDefault(lane, List.of()));
            names.living().keySet().forEach(owner -> ofLane.addAll(List.of(owner, -owner)));
            all.put(lane, ofLane);
        }
        return all;
    }
}
