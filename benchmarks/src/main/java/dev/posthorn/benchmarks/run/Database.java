package dev.posthorn.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.posthorn.benchmarks.machine.DatabaseServer;
import dev.posthorn.benchmarks.machine.MariaDb;
import dev.posthorn.benchmarks.machine.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/** What keeps the rows. */
enum Database {
    POSTGRESQL(Postgres::start, PostgresCounters::create),
    MARIADB(MariaDb::start, MariaDbCounters::create);

    private final Start start;
    private final Creation creation;

    Database(Start start, Creation creation) {
        this.start = start;
        this.creation = creation;
    }

    private interface Start {

        DatabaseServer start(Path directory, Map<String, String> moreSettings) throws IOException;
    }

    private interface Creation {

        DatabaseCounters create(DatabaseServer server, String database) throws SQLException;
    }

    DatabaseServer start(Path directory, Map<String, String> moreSettings) throws IOException {
        return start.start(directory, moreSettings);
    }

    /** Creates an empty database of the applications' role. */
    DatabaseCounters create(DatabaseServer server, String database) throws SQLException {
        return creation.create(server, database);
    }

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Database of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
