package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.node.Nodes;
import dev.posthorn.jpa.transaction.Enlistment;
import dev.posthorn.jpa.transaction.Transactions;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tries whether what is written in a transaction is undone with it: writes, rolls back, and looks. What servers and data sources say of
 * themselves is not enough: some let a connection commit by itself at certain moments, and then data and their events part.
 */
public final class Trial {

    /** Whose nodes nobody looks for. */
    private static final String APPLICATION = "posthorn:trial";

    private final Transactions transactions;
    private final Nodes nodes;

    public Trial(Transactions transactions, Nodes nodes) {
        this.transactions = transactions;
        this.nodes = nodes;
    }

    private final class Mark {

        private final Node node = new Node(UUID.randomUUID().toString(), APPLICATION);
        private boolean autoCommit;
        private boolean made;

        void make(EntityManager em) {
            nodes.join(em, node, node.id());
            autoCommit = Enlistment.isAutoCommit(em);
            made = true;
        }

        boolean erase() {
            return transactions.separately(em -> nodes.leave(em, node)) > 0;
        }
    }

    /** What is wrong, with the remedy. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(1);
        Mark own = new Mark();
        transactions.rolledBack(own::make);
        if (own.erase()) {
            problems.add(Problems.notUndone("in a transaction of Posthorn's own"));
        } else {
            transactions.enlistment().seen(own.autoCommit);
        }
        Mark early = new Mark();
        Mark late = new Mark();
        Exception failure = completing(early, late);
        boolean earlyStayed = early.erase();
        boolean lateStayed = late.erase();
        if (earlyStayed || lateStayed) {
            problems.add(Problems.notUndone("while a transaction completed"));
        } else if (!late.made) {
            problems.add(Problems.notWrittenLate(failure));
        }
        return problems;
    }

    private @Nullable Exception completing(Mark early, Mark late) {
        try {
            transactions.rolledBackLate(early::make, late::make);
            return null;
        } catch (Exception e) {
            // It was not to commit, which servers tell by an exception: WildFly by a checked one that nobody declares.
            return e;
        }
    }
}
