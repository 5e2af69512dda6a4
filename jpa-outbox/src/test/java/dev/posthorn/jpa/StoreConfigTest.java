package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.config.SchemaMode;
import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.dialect.SupportedDatabase;
import dev.posthorn.jpa.dialect.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreConfigTest {

    @Test
    void nothingNeedsToBeConfigured() {
        StoreConfig config = Fixture.config(Map.of());

        assertEquals(
                new StoreConfig(
                        Optional.empty(),
                        SchemaMode.VALIDATE,
                        new Tables(
                                Optional.empty(),
                                "posthorn_outbox",
                                "posthorn_settled",
                                "posthorn_node",
                                "posthorn_channel",
                                "posthorn_inbox",
                                "posthorn_version"),
                        List.of()),
                config);
    }

    @Test
    void everyKeyHasAnEffect() {
        StoreConfig config = Fixture.config(Map.of(
                "posthorn.database", "PostgreSQL",
                "posthorn.schema", " create ",
                "posthorn.table.schema", "s",
                "posthorn.table.outbox", "o",
                "posthorn.table.settled", "t",
                "posthorn.table.node", "n",
                "posthorn.table.channel", "c",
                "posthorn.table.inbox", "i",
                "posthorn.table.version", "v"));

        assertEquals(
                new StoreConfig(
                        Optional.of(SupportedDatabase.POSTGRESQL.dialect()),
                        SchemaMode.CREATE,
                        new Tables(Optional.of("s"), "o", "t", "n", "c", "i", "v"),
                        List.of()),
                config);
        assertEquals("s.o", config.tables().outbox());
        assertEquals("s.t", config.tables().settled());
        assertEquals("s.n", config.tables().node());
        assertEquals("s.c", config.tables().channel());
        assertEquals("s.i", config.tables().inbox());
        assertEquals("s.v", config.tables().version());
    }

    @Test
    void everyInvalidValueIsNamedWithWhatIsAllowed() {
        StoreConfig config = Fixture.config(
                Map.of("posthorn.database", "db2", "posthorn.schema", "update", "posthorn.table.node", "a b"));

        assertEquals(
                List.of(
                        "POSTHORN-JPA-01: posthorn.database=db2 is not allowed. Set it to one of postgresql, h2, mariadb, mysql, derby.",
                        "POSTHORN-JPA-01: posthorn.schema=update is not allowed. Set it to one of create, validate, none.",
                        "POSTHORN-JPA-01: posthorn.table.node=a b is not allowed. Set it to " + Tables.IDENTIFIER_RULE
                                + "."),
                config.problems());
    }

    @Test
    void oneNameCannotStandForTwoTables() {
        List<String> problems = Fixture.config(
                        Map.of("posthorn.table.inbox", "Events", "posthorn.table.outbox", "events"))
                .problems();

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0)
                        .startsWith(
                                "POSTHORN-JPA-15: The name events stands for several tables: posthorn.table.inbox, posthorn.table.outbox."),
                problems.get(0));
        assertEquals(
                1,
                Fixture.config(Map.of("posthorn.table.inbox", "posthorn_node"))
                        .problems()
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x; DROP TABLE y", "a.b", "\"a\"", "1a", "ü", "a-b", "a\nb", "--"})
    void onlyPlainIdentifiersBecomeSql(String name) {
        assertEquals(
                1,
                Fixture.config(Map.of("posthorn.table.outbox", name)).problems().size());
    }

    @Test
    void invalidValuesAreProblemsOfTheDeployment() {
        try (Fixture fixture = new Fixture(Fixture.Provider.ECLIPSELINK, TestDatabase.H2)) {
            List<String> problems =
                    fixture.store(Map.of("posthorn.schema", "update")).prepare();
            assertTrue(problems.get(0).contains("posthorn.schema=update"), problems.toString());
        }
    }

    @Test
    void whoeverHasAnotherDatabaseIsToldWhatThereIs() {
        String problem = Problems.databaseNotSupported("Oracle");

        assertTrue(problem.contains("\"Oracle\""), problem);
        assertTrue(problem.contains("PostgreSQL, MariaDB, MySQL, H2 and Apache Derby"), problem);
        assertTrue(problem.contains("posthorn.database to one of postgresql, h2, mariadb, mysql, derby"), problem);
        assertTrue(problem.contains("dev.posthorn.spi.EventStore"), problem);
    }
}
