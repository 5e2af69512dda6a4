package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.posthorn.jpa.dialect.MySqlDialect;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThere")
class MySqlDialectTest {

    private final MySqlDialect dialect = new MySqlDialect();
    private final MysqlDataSource dataSource = MySqlServer.dataSource("");

    /** The expression is that of MariaDB too; the server of these tests has a time zone with a summer time. */
    @ParameterizedTest
    @ValueSource(strings = {"2025-10-26T00:30:00.125Z", "2025-10-26T01:30:00.125Z", "2025-07-01T12:00:00.999Z"})
    void theHourThatComesTwiceIsTwoHours(Instant time) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET timestamp = " + time.toEpochMilli() + " / 1000");
            try (ResultSet now = statement.executeQuery("SELECT " + dialect.now())) {
                now.next();
                assertEquals(time.toEpochMilli(), now.getLong(1));
            }
        }
    }

    @Test
    void aTextIsTheSameWhateverTheConnectionsCharacterSet() throws SQLException {
        dataSource.setCharacterEncoding("ISO-8859-1");
        String sql = "SELECT CAST(" + dialect.text(1).replace("?1", "?") + " AS BINARY)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "für");
            try (ResultSet text = statement.executeQuery()) {
                text.next();
                assertArrayEquals("für".getBytes(StandardCharsets.UTF_8), text.getBytes(1));
            }
        }
    }
}
