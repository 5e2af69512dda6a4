package dev.posthorn.tck.suite;

import dev.posthorn.tck.app.TckApplication;
import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.archive.PersistenceUnit;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fate.FateResource;
import dev.posthorn.tck.fate.Moment;
import dev.posthorn.tck.fixture.StatementLog;
import dev.posthorn.tck.shop.Caller;
import dev.posthorn.tck.shop.Inserters;
import dev.posthorn.tck.shop.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An application whose database can make a COMMIT fail, and says who inserted what. */
final class Fate {

    /** How a COMMIT ends, as the id of the purchase asks the database. */
    enum Ending {
        COMMITTED,
        /** A deferred unique constraint. */
        DUPLICATE,
        /** What a serialization failure looks like. */
        SERIALIZATION,
        /** The connection is cut off in the midst of the COMMIT. */
        KILLED
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final List<String> RULES = List.of(
            "ALTER TABLE purchase ADD COLUMN place text",
            "ALTER TABLE purchase ADD CONSTRAINT one_place UNIQUE (place) DEFERRABLE INITIALLY DEFERRED",
            """
            CREATE FUNCTION take_place() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.id LIKE 'DUPLICATE%' THEN NEW.place := 'taken'; END IF;
                RETURN NEW;
            END $$""",
            "CREATE TRIGGER take_place BEFORE INSERT ON purchase FOR EACH ROW EXECUTE FUNCTION take_place()",
            """
            CREATE FUNCTION meet_fate() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.id LIKE 'SERIALIZATION%' THEN
                    RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001';
                ELSIF NEW.id LIKE 'KILLED%' THEN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                    PERFORM pg_sleep(10);
                END IF;
                RETURN NULL;
            END $$""",
            "CREATE CONSTRAINT TRIGGER meet_fate AFTER INSERT ON purchase DEFERRABLE INITIALLY DEFERRED"
                    + " FOR EACH ROW EXECUTE FUNCTION meet_fate()",
            "INSERT INTO purchase (id, text, place) VALUES ('owner', 'of the place', 'taken')");

    private final Database database;
    private final URI application;

    private Fate(Database database, URI application) {
        this.database = database;
        this.application = application;
    }

    static TckArchive archive(String name, Database database, String dataSource) {
        return TckArchive.named(name, database)
                .withPosthorn()
                .withPackageOf(Shop.class)
                .withPackageOf(FateResource.class)
                .with(TckApplication.class)
                .withUnits(new PersistenceUnit("fate", dataSource))
                .withDataSources()
                .events("posthorn", "orders")
                .property("posthorn.schema", "create")
                .property("posthorn.stop.timeout", "PT5S");
    }

    /** Of an application that is deployed. */
    static Fate of(Database database, URI application) {
        Fate fate = new Fate(database, application);
        fate.execute(Inserters.STATEMENTS);
        fate.execute(RULES);
        return fate;
    }

    /** Empty if it committed, otherwise what the caller has seen. */
    String buy(String id, Caller caller, Moment moment) {
        return put(id + "/" + caller + "/buy/" + moment);
    }

    String operateAndFail(String id, Caller caller) {
        return put(id + "/" + caller + "/operate");
    }

    /** The transactions and connections that inserted the purchase. */
    List<String> purchases(String id) {
        return query("SELECT inserted_by FROM purchase WHERE id = '" + id + "'");
    }

    /** The transactions and connections that inserted the events. */
    List<String> events(String id) {
        return query("SELECT inserted_by FROM " + Inserters.OF_EVENTS + " WHERE event_key = '" + id + "'");
    }

    /** Whether the events of a purchase are marked as delivered. */
    boolean isMarked(String id) {
        return query("SELECT state FROM posthorn_settled WHERE event_key = '" + id + "'")
                .equals(List.of("1"));
    }

    /** Whether anybody in the database waits for a lock. */
    boolean waitsForALock() {
        return !query(
                        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .isEmpty();
    }

    private List<String> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("The database refused: " + sql, e);
        }
    }

    private void execute(List<String> statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database refused the rules", e);
        }
    }

    private Connection connect() throws SQLException {
        String url = database.url() + "?ApplicationName=" + StatementLog.SUITE;
        return DriverManager.getConnection(url, database.user(), database.password());
    }

    private String put(String path) {
        HttpRequest request = HttpRequest.newBuilder(application.resolve("api/fates/" + path))
                .timeout(PATIENCE)
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 204 && response.statusCode() != 409) {
                throw new IllegalStateException(
                        response.uri() + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending", e);
        }
    }
}
