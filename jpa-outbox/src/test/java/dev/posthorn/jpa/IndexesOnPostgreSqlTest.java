package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.outbox.JpaEventStore;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What PostgreSQL alone has: indexes of a part of the rows, and some that were not built to the end. */
class IndexesOnPostgreSqlTest {

    private Fixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
        fixture.preparedStore();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anIndexOfOtherRowsIsNamedWithTheDdlThatCuresIt() {
        Jdbc.execute(
                fixture.dataSource,
                "DROP INDEX posthorn_outbox_turn",
                "CREATE INDEX posthorn_outbox_turn ON posthorn_outbox (lane, key_hash, seq) WHERE state = 0 AND key_hash > 0");

        String problem = problem();
        assertTrue(
                problem.contains(
                        "The index posthorn_outbox_turn of the table posthorn_outbox is (lane, key_hash, seq) WHERE ((state = 0) AND (key_hash > 0)),"
                                + " and has to be (lane, key_hash, seq) WHERE owner > 0 AND key_hash > 0."),
                problem);
        assertTrue(
                problem.endsWith(
                        """

                        DROP INDEX CONCURRENTLY posthorn_outbox_turn;
                        CREATE INDEX CONCURRENTLY posthorn_outbox_turn ON posthorn_outbox (lane, key_hash, seq) WHERE owner > 0 AND key_hash > 0;"""),
                problem);
        execute(problem);
        assertEquals(List.of(), fixture.store(Map.of()).prepare());
    }

    /** CREATE INDEX CONCURRENTLY leaves such an index behind when it fails. */
    @Test
    void anIndexThatWasNotBuiltToTheEndIsNone() {
        Jdbc.execute(
                fixture.dataSource,
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'posthorn_outbox_shelf'::regclass");

        String problem = problem();
        assertTrue(problem.contains("The index posthorn_outbox_shelf of the table posthorn_outbox is"), problem);
        execute(problem);
        assertEquals(List.of(), fixture.store(Map.of()).prepare());
    }

    /** What the storage of an index is like is the operators' business. */
    @Test
    void parametersOfStorageMakeNoOtherIndex() {
        Jdbc.execute(fixture.dataSource, "ALTER INDEX posthorn_outbox_turn SET (fillfactor = 70)");

        assertEquals(List.of(), fixture.store(Map.of()).prepare());
    }

    @Test
    void tablesAreLookedForAsStatementsLookForThem() throws SQLException {
        Jdbc.execute(
                fixture.dataSource,
                "CREATE SCHEMA post",
                "CREATE SCHEMA shop",
                "ALTER TABLE posthorn_outbox SET SCHEMA post",
                "DROP INDEX post.posthorn_outbox_state");

        List<String> problems = prepare("-c search_path=shop,post,public");
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("lacks the index posthorn_outbox_state"), problems.get(0));
        Jdbc.execute(
                fixture.dataSource,
                "CREATE INDEX posthorn_outbox_state ON post.posthorn_outbox (lane, state, shelf_order, seq) WHERE state <> 0");
        assertEquals(List.of(), prepare("-c search_path=shop,post,public"));
    }

    /** Whoever may not look at the catalog is not held up by that. */
    @Test
    void indexesThatTheDatabaseDoesNotTellAreNotLookedAt() throws SQLException {
        Jdbc.execute(
                fixture.dataSource,
                "DROP INDEX posthorn_outbox_state",
                "CREATE ROLE restricted",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO restricted",
                "REVOKE SELECT ON pg_index FROM public");

        try (Logged logged = new Logged("dev.posthorn.jpa.Schema")) {
            assertEquals(List.of(), prepare("-c role=restricted"));
            assertTrue(
                    logged.messages()
                            .contains(
                                    "The database does not tell the indexes of posthorn_outbox, so they are not looked at."),
                    logged.messages()::toString);
        }
        problem();
    }

    private List<String> prepare(String options) throws SQLException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        try (Connection connection = fixture.dataSource.getConnection()) {
            dataSource.setURL(connection.getMetaData().getURL());
        }
        dataSource.setUser("postgres");
        dataSource.setOptions(options);
        try (EntityManagerFactory factory = Persistence.createEntityManagerFactory(
                "hibernate", Map.of("jakarta.persistence.nonJtaDataSource", dataSource))) {
            return new JpaEventStore(new ResourceLocalTransactions(factory), Fixture.config(Map.of())).prepare();
        }
    }

    private String problem() {
        List<String> problems = fixture.store(Map.of()).prepare();
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0);
    }

    private void execute(String problem) {
        Jdbc.execute(
                fixture.dataSource,
                problem.substring(problem.indexOf('\n')).strip().split(";"));
    }
}
