package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.dialect.DatabaseProduct;
import dev.posthorn.jpa.dialect.SupportedDatabase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    @ParameterizedTest
    @CsvSource({"5.5.5-10.11.19-MariaDB", "10.11.19-MariaDB-log", "11.4.5-MariaDB", "5.5.5-12.0.2-MariaDB-ubu2404"})
    void theVersionOfAMariaDbIsNotThatOfTheMySqlItOncePretendedToBe(String version) {
        assertEquals(false, DatabaseProduct.of("MySQL", version).isBefore("10.11"), version);
        assertEquals(true, DatabaseProduct.of("MySQL", "5.5.5-10.6.21-MariaDB").isBefore("10.11"));
    }

    @ParameterizedTest
    @CsvSource({"POSTGRESQL, 13.22, 14.0", "MARIADB, 10.6.21-MariaDB, 10.11.2-MariaDB", "MYSQL, 8.0.16, 8.0.17"})
    void whatIsOlderThanWhatIsTriedIsRefused(SupportedDatabase database, String older, String oldest) {
        String earliest = database.dialect().earliestVersion().orElseThrow();

        assertEquals(true, DatabaseProduct.of("any", older).isBefore(earliest));
        assertEquals(false, DatabaseProduct.of("any", oldest).isBefore(earliest));
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, PostgreSQL 18.1 on x86_64-pc-linux-gnu,",
        "POSTGRESQL, PostgreSQL 15.2-YB-2.25.1.0-b0 on x86_64-pc-linux-gnu, YugabyteDB",
        "POSTGRESQL, CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu), CockroachDB",
        "MYSQL, 8.0.31,",
        "MYSQL, 8.0.34-TiDB-v8.5.1, TiDB"
    })
    void lookAlikesAreKnownByTheirVersions(SupportedDatabase database, String version, @Nullable String name) {
        assertEquals(Optional.ofNullable(name), database.dialect().lookAlike(version));
    }

    @Test
    void whoeverHasAnEarlierVersionIsToldWhichToUse() {
        String problem = Problems.databaseTooOld(new DatabaseProduct("MySQL", "5.7.44"), "8.0.17");

        assertEquals(
                "POSTHORN-JPA-11: The @Outbox EntityManager works on MySQL 5.7.44, which lacks what Posthorn needs or was never tried, so no "
                        + "event can be stored. Use version 8.0.17 or a later one.",
                problem);
    }

    private static Optional<SupportedDatabase> database(String name, String version) {
        return SupportedDatabase.of(DatabaseProduct.of(name, version));
    }
}
