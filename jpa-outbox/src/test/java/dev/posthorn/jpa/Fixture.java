package dev.posthorn.jpa;

import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.inbox.JpaInboxStore;
import dev.posthorn.jpa.node.JpaNodeStore;
import dev.posthorn.jpa.operate.JpaInboxOperatorStore;
import dev.posthorn.jpa.operate.JpaOperatorStore;
import dev.posthorn.jpa.outbox.JpaEventStore;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** An application in Java SE: a provider, a new database with the application's table, and no tables of ours. */
final class Fixture implements AutoCloseable {

    enum Provider {
        ECLIPSELINK,
        HIBERNATE
    }

    private static final AtomicInteger COUNT = new AtomicInteger();

    final DataSource dataSource;
    private final TestDatabase database;
    private final Map<String, String> defaults;
    final RecordingDataSource recording;
    final EntityManagerFactory factory;
    final ResourceLocalTransactions transactions;

    Fixture(Provider provider, TestDatabase database) {
        this(provider, database, Connection.TRANSACTION_READ_COMMITTED);
    }

    Fixture(Provider provider, TestDatabase database, int isolation) {
        this(provider, database, isolation, Map.of(), UnaryOperator.identity());
    }

    /** One whose EntityManagers keep their connections to themselves, so that Config has to say what the database is. */
    static Fixture withKeptConnections(Provider provider, TestDatabase database) {
        return new Fixture(
                provider,
                database,
                Connection.TRANSACTION_READ_COMMITTED,
                Map.of(StoreConfig.DATABASE, database.name()),
                KeptConnections::of);
    }

    private Fixture(
            Provider provider,
            TestDatabase database,
            int isolation,
            Map<String, String> defaults,
            UnaryOperator<EntityManager> handed) {
        this.database = database;
        this.defaults = defaults;
        dataSource = database.create("posthorn_" + COUNT.incrementAndGet());
        Jdbc.execute(dataSource, "CREATE TABLE purchase (id varchar(40) PRIMARY KEY)");
        recording = new RecordingDataSource(dataSource, isolation);
        factory = Persistence.createEntityManagerFactory(
                provider.name().toLowerCase(Locale.ROOT),
                Map.of("jakarta.persistence.nonJtaDataSource", recording.asDataSource()));
        transactions = new ResourceLocalTransactions(factory, handed);
    }

    JpaEventStore store(Map<String, String> config) {
        return new JpaEventStore(transactions, configured(config));
    }

    JpaNodeStore nodes(Map<String, String> config) {
        return new JpaNodeStore(transactions, configured(config));
    }

    JpaOperatorStore operators(Map<String, String> config) {
        return new JpaOperatorStore(transactions, configured(config));
    }

    JpaInboxStore inbox(Map<String, String> config) {
        return new JpaInboxStore(transactions, configured(config));
    }

    JpaInboxOperatorStore inboxOperators(Map<String, String> config) {
        return new JpaInboxOperatorStore(transactions, configured(config));
    }

    /** The table as {@code posthorn.schema=create} makes it, and the store on it. */
    JpaInboxStore preparedInbox() {
        JpaInboxStore store = inbox(Map.of(StoreConfig.SCHEMA_MODE, "create"));
        List<String> problems = store.prepare();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.toString());
        }
        return store;
    }

    /** The tables as {@code posthorn.schema=create} makes them, and the store on them. */
    JpaEventStore preparedStore() {
        JpaEventStore store = store(Map.of(StoreConfig.SCHEMA_MODE, "create"));
        if (!store.prepare().isEmpty()) {
            throw new IllegalStateException(store.prepare().toString());
        }
        return store;
    }

    private StoreConfig configured(Map<String, String> config) {
        Map<String, String> all = new HashMap<>(defaults);
        all.putAll(config);
        return config(all);
    }

    static StoreConfig config(Map<String, String> config) {
        return StoreConfig.read(key -> Optional.ofNullable(config.get(key)));
    }

    @Override
    public void close() {
        factory.close();
        database.close(dataSource);
    }
}
