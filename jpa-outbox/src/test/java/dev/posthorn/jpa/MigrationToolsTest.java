package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flyway and Liquibase execute the scripts in the jar as they are, in a database in which the application has tables already. */
class MigrationToolsTest {

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void flywayMakesTheTables(TestDatabase database) {
        try (Fixture fixture = new Fixture(Fixture.Provider.ECLIPSELINK, database)) {
            assertEquals(1, flyway(fixture, database));

            assertItWorks(fixture);
            assertEquals(0, flyway(fixture, database));
        }
    }

    /** Who begins with posthorn.schema=create can go on with Flyway. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void flywayTakesOverTablesThatWereCreated(TestDatabase database) {
        try (Fixture fixture = new Fixture(Fixture.Provider.ECLIPSELINK, database)) {
            fixture.preparedStore();
            assertEquals(1, flyway(fixture, database));

            assertItWorks(fixture);
        }
    }

    /** As docs/adr/0017 has it for the scripts to come. Without the last setting, say Flyway's documents, it waits for its own lock. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void flywayBuildsIndexesConcurrently(@TempDir Path scripts) throws IOException {
        Files.writeString(
                scripts.resolve("V2__posthorn.sql"),
                """
                DROP INDEX CONCURRENTLY posthorn_outbox_id;
                CREATE INDEX CONCURRENTLY posthorn_outbox_id ON posthorn_outbox (id) WHERE owner <= 0;
                INSERT INTO posthorn_version (version) VALUES (2);
                """);
        Files.writeString(scripts.resolve("V2__posthorn.sql.conf"), "executeInTransaction=false\n");
        try (Fixture fixture = new Fixture(Fixture.Provider.ECLIPSELINK, TestDatabase.POSTGRESQL)) {
            FluentConfiguration flyway =
                    flyway(fixture).locations("classpath:dev/posthorn/jpa/ddl/postgresql", "filesystem:" + scripts);
            flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                    .setTransactionalLock(false);
            int executed = flyway.load().migrate().migrationsExecuted;

            assertEquals(2, executed);
            assertEquals("2", Jdbc.query(fixture.dataSource, "SELECT MAX(version) FROM posthorn_version"));
            assertEquals(List.of(), fixture.store(Map.of()).prepare());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void liquibaseMakesTheTables(TestDatabase database) throws Exception {
        try (Fixture fixture = new Fixture(Fixture.Provider.ECLIPSELINK, database)) {
            liquibase(fixture, database);

            assertItWorks(fixture);
            liquibase(fixture, database);
            assertItWorks(fixture);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void liquibaseTakesOverTablesThatWereCreated(TestDatabase database) throws Exception {
        try (Fixture fixture = new Fixture(Fixture.Provider.ECLIPSELINK, database)) {
            fixture.preparedStore();
            liquibase(fixture, database);

            assertItWorks(fixture);
        }
    }

    /** As docs/UPGRADING.md has it. */
    private static int flyway(Fixture fixture, TestDatabase database) {
        return flyway(fixture)
                .locations("classpath:dev/posthorn/jpa/ddl/" + directory(database))
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private static FluentConfiguration flyway(Fixture fixture) {
        return Flyway.configure()
                .dataSource(fixture.dataSource)
                .table("posthorn_history")
                .baselineOnMigrate(true)
                .baselineVersion("0");
    }

    private static void liquibase(Fixture fixture, TestDatabase database) throws Exception {
        try (Connection connection = fixture.dataSource.getConnection();
                Liquibase liquibase = new Liquibase(
                        "liquibase/changelog.xml",
                        new ClassLoaderResourceAccessor(),
                        DatabaseFactory.getInstance()
                                .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
            liquibase.setChangeLogParameter("database", directory(database));
            liquibase.update(new Contexts());
        }
    }

    private static String directory(TestDatabase database) {
        return database.name().toLowerCase(Locale.ROOT);
    }

    private static void assertItWorks(Fixture fixture) {
        assertEquals("1", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM posthorn_version"));
        assertEquals(List.of(), fixture.store(Map.of()).prepare());
        assertEquals(List.of(), fixture.inbox(Map.of()).prepare());
        Node node = new Node("node", "shop");
        EventEnvelope event = Events.event();
        fixture.transactions.separately(em -> {
            fixture.store(Map.of()).append(node, List.of(event));
            return true;
        });
        assertTrue(fixture.store(Map.of()).unsent(node, Events.CHANNEL, 0, Set.of(), Set.of(), 10, 10).events().stream()
                .anyMatch(stored -> stored.event().id().equals(event.id())));
    }
}
