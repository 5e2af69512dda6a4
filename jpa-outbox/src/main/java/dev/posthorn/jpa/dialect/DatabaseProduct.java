package dev.posthorn.jpa.dialect;

import dev.posthorn.log.Printable;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a database calls itself.
 *
 * @param version begins with numbers and dots
 */
public record DatabaseProduct(String name, String version) {

    private static final Pattern NUMBERS = Pattern.compile("\\d+(\\.\\d+)*");
    private static final String MARIADB = "MariaDB";

    public static DatabaseProduct of(Connection connection) {
        try {
            DatabaseMetaData metaData = connection.getMetaData();
            return of(metaData.getDatabaseProductName(), metaData.getDatabaseProductVersion());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** To MySQL's driver, MariaDB is a MySQL, of a version that replicas once had to be told; the rest of it says what it is. */
    public static DatabaseProduct of(String name, String version) {
        return version.contains(MARIADB)
                ? new DatabaseProduct(MARIADB, version.replaceFirst("^5\\.5\\.5-", ""))
                : new DatabaseProduct(name, version);
    }

    /** Whether the version is an earlier one; of numbers that are missing nothing is known, and nothing said. */
    public boolean isBefore(String other) {
        int[] mine = numbers(version);
        int[] others = numbers(other);
        int known = Math.min(mine.length, others.length);
        return Arrays.compare(mine, 0, known, others, 0, known) < 0;
    }

    private static int[] numbers(String version) {
        return NUMBERS.matcher(version).results().map(MatchResult::group).findFirst().stream()
                .flatMap(Pattern.compile("\\.")::splitAsStream)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    @Override
    public String toString() {
        return Printable.text(name) + " " + Printable.text(version);
    }
}
