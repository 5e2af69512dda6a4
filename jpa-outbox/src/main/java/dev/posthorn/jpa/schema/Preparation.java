package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.transaction.Database;
import dev.posthorn.jpa.transaction.Transactions;
import dev.posthorn.jpa.transaction.UnknownDatabaseException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.function.Function;

/** What stores do before anything else: see that Config, database and tables are as they should be. */
public final class Preparation {

    private final Transactions transactions;
    private final StoreConfig config;
    private final Scripts.Source scripts;

    public Preparation(Transactions transactions, StoreConfig config) {
        this(transactions, config, Scripts::inJar);
    }

    Preparation(Transactions transactions, StoreConfig config, Scripts.Source scripts) {
        this.transactions = transactions;
        this.config = config;
        this.scripts = scripts;
    }

    /** What is missing to publish, each with the remedy. */
    public List<String> outgoing() {
        return prepare(schema -> schema.prepareOutgoing(config.schemaMode()));
    }

    /** What is missing to receive, each with the remedy. */
    public List<String> incoming() {
        return prepare(schema -> schema.prepareIncoming(config.schemaMode()));
    }

    private List<String> prepare(Function<Schema, List<String>> work) {
        if (!config.problems().isEmpty()) {
            return config.problems();
        }
        try {
            transactions.open();
            if (!isJoined()) {
                return List.of(Problems.notJoined());
            }
            return work.apply(
                    new Schema(Database.examined(config, transactions), config.tables(), transactions, scripts));
        } catch (UnknownDatabaseException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (PersistenceException e) {
            return List.of(Problems.databaseNotFound(e));
        }
    }

    /** Also where Config names the database, so that nothing is asked before the first statement fails. */
    private boolean isJoined() {
        return transactions.separately(EntityManager::isJoinedToTransaction);
    }
}
