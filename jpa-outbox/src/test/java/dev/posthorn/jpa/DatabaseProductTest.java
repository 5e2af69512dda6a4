package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.dialect.DatabaseProduct;
import dev.posthorn.jpa.dialect.SupportedDatabase;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseProductTest {

    @Test
    void onlyDatabasesWithADialectAreRecognised() {
        assertEquals(Optional.empty(), database("Oracle", "23.4"));
        assertEquals(Optional.of(SupportedDatabase.POSTGRESQL), database("PostgreSQL", "14.10"));
        assertEquals(Optional.of(SupportedDatabase.DERBY), database("Apache Derby", "10.16.1.1 - (1901046)"));
        assertEquals(Optional.of(SupportedDatabase.MARIADB), database("MariaDB", "11.4.5-MariaDB-log"));
        assertEquals(Optional.of(SupportedDatabase.MYSQL), database("MySQL", "8.0.31"));
    }

    @Test
    void whatMySqlsDriverCallsMySqlMayBeMariaDb() {
        assertEquals(Optional.of(SupportedDatabase.MARIADB), database("MySQL", "5.5.5-10.11.19-MariaDB"));
    }

    @ParameterizedTest
    @CsvSource({"5.7.44-log", "8.0.4-rc-log", "8.0.16", "8.0.11-TiDB-v7.5.0"})
    void earlierVersionsAreTold(String version) {
        assertEquals(true, DatabaseProduct.of("MySQL", version).isBefore("8.0.17"), version);
    }

    @ParameterizedTest
    @CsvSource({"8.0.17", "8.0.31", "8.4.0", "9.7.4-2", "10.0", "8.0.mysql_aurora.3.04.0", "unknown"})
    void laterAndUnknownVersionsPass(String version) {
        assertEquals(false, DatabaseProduct.of("MySQL", version).isBefore("8.0.17"), version);
    }

    @Test
    void whoeverHasAnEarlierVersionIsToldWhichToUse() {
        String problem = Problems.databaseTooOld(new DatabaseProduct("MySQL", "5.7.44"), "8.0.17");

        assertEquals(
                "POSTHORN-JPA-11: The @Outbox EntityManager works on MySQL 5.7.44, which lacks what Posthorn needs, so no event can "
                        + "be stored. Use version 8.0.17 or a later one.",
                problem);
    }

    private static Optional<SupportedDatabase> database(String name, String version) {
        return SupportedDatabase.of(DatabaseProduct.of(name, version));
    }
}
