package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.config.StoreConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases that present themselves as PostgreSQL are refused: a real one, here, that says of itself what they do. */
class LookAlikesTest {

    private static final String COCKROACH = "CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu, built 2023/09/27)";
    private static final String YUGABYTE = "PostgreSQL 15.2-YB-2.25.1.0-b0 on x86_64-pc-linux-gnu";

    private final Fixture fixture = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"CockroachDB, " + COCKROACH, "YugabyteDB, " + YUGABYTE, "YugabyteDB, PostgreSQL 11.2-YB-2.20.1.3-b0"})
    void aLookAlikeIsRefusedByItsName(String name, String version) {
        answer(version);

        for (Map<String, String> config :
                List.of(Map.<String, String>of(), Map.of(StoreConfig.DATABASE, "postgresql"))) {
            assertRefused(name, version, fixture.store(config).prepare());
            assertRefused(name, version, fixture.inbox(config).prepare());
        }
        assertEquals(
                "0", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM pg_class WHERE relname LIKE 'posthorn%'"));
    }

    private static void assertRefused(String name, String version, List<String> problems) {
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0)
                        .startsWith("POSTHORN-JPA-22: The @Outbox EntityManager works on " + name
                                + ", which presents itself as another database (" + version + ")."),
                problems.get(0));
    }

    @Test
    void whoIsWhatItSaysIsNotRefused() {
        answer("PostgreSQL 18.1 (Debian 18.1-1.pgdg13+2) on x86_64-pc-linux-gnu, compiled by gcc");

        assertEquals(
                List.of(),
                fixture.store(Map.of(StoreConfig.SCHEMA_MODE, "create")).prepare());
    }

    /** Finds a function of ours before that of the database. */
    private void answer(String version) {
        String path = "SET search_path = fake, public, pg_catalog";
        String name = Jdbc.query(fixture.dataSource, "SELECT current_database()");
        Jdbc.execute(
                fixture.dataSource,
                "CREATE SCHEMA fake",
                "CREATE FUNCTION fake.version() RETURNS text LANGUAGE sql AS $$ SELECT '" + version + "' $$",
                "ALTER DATABASE " + name + " " + path,
                // The connection that is open already goes back to the pool.
                path);
    }
}
