package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The expression for the time is that of MariaDB too; the server of these tests has a time zone with a summer time. */
@EnabledIf("dev.posthorn.jpa.MySqlServer#isThere")
class MySqlClockTest {

    @ParameterizedTest
    @ValueSource(strings = {"2025-10-26T00:30:00.125Z", "2025-10-26T01:30:00.125Z", "2025-07-01T12:00:00.999Z"})
    void theHourThatComesTwiceIsTwoHours(Instant time) throws SQLException {
        try (Connection connection = MySqlServer.dataSource("").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET timestamp = " + time.toEpochMilli() + " / 1000");
            try (ResultSet now = statement.executeQuery(
                    "SELECT " + SupportedDatabase.MYSQL.dialect().now())) {
                now.next();
                assertEquals(time.toEpochMilli(), now.getLong(1));
            }
        }
    }
}
