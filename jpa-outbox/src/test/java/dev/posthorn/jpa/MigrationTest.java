package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.inbox.JpaInboxStore;
import dev.posthorn.jpa.operate.JpaOperatorStore;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Turn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The scripts of docs/upgrading, on tables of before that the last version with these has filled: nothing is lost, and everything is
 * delivered in order.
 */
class MigrationTest {

    private static final String BEFORE = "/before-0016/";
    private static final Path SCRIPTS = Path.of("../docs/upgrading");

    private static final String INSERT =
            "INSERT INTO posthorn_outbox (id, application, owner, state, channel, topic, event_key, ordered, when_dead, type, source, event_time,"
                    + " content_type, headers, payload, attempts, due_at, last_error, created_at, settled_at) VALUES (%s, ?, ?, ?, ?, ?, ?, ?, ?,"
                    + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final Node NODE = new Node("node-9", "shop");

    /** One row of before, as far as this test compares it. */
    private record Before(UUID id, String application, int state, String channel, String key) {}

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRESQL", "H2", "MARIADB"})
    void nothingIsLostAndEverythingIsDeliveredInOrder(TestDatabase database) throws Exception {
        migrate(database);
    }

    @Test
    @EnabledIf("dev.posthorn.jpa.MySqlServer#isThere")
    void alsoOnMySql() throws Exception {
        migrate(TestDatabase.MYSQL);
    }

    private static void migrate(TestDatabase database) throws Exception {
        try (Fixture fixture = new Fixture(Fixture.Provider.HIBERNATE, database)) {
            String name = database.name().toLowerCase(Locale.ROOT);
            execute(fixture, resource(name + ".sql"));
            List<Before> before = fill(fixture, database);
            fillInbox(fixture);

            execute(fixture, script(name + "-1-before.sql"));
            execute(fixture, script(name + "-inbox-1-before.sql"));
            JpaEventStore store = fixture.preparedStore();
            JpaInboxStore inbox = fixture.preparedInbox();
            execute(fixture, script(name + "-2-after.sql"));
            execute(fixture, script(name + "-inbox-2-after.sql"));

            assertEquals(List.of(), fixture.store(Map.of()).prepare());
            assertEquals(List.of(), fixture.inbox(Map.of()).prepare());
            assertNothingIsLost(fixture, before);
            assertDeliveredInOrder(fixture, store, before);
            assertTheInboxKnowsWhatItKnew(fixture, inbox);
        }
    }

    private static void assertNothingIsLost(Fixture fixture, List<Before> before) {
        JpaOperatorStore operators = fixture.operators(Map.of());
        for (String application : List.of("shop", "warehouse")) {
            Map<UUID, Integer> expected = before.stream()
                    .filter(row -> row.application.equals(application))
                    .collect(Collectors.toMap(Before::id, Before::state));
            List<EventSummary> found =
                    operators.list(application, EventFilter.all(), null, 1000).events();
            assertEquals(expected.keySet(), found.stream().map(EventSummary::id).collect(Collectors.toSet()));
            Rows rows = new Rows(fixture.dataSource);
            found.forEach(event -> assertEquals(
                    String.valueOf(Objects.requireNonNull(expected.get(event.id()))),
                    rows.value("state", event.id()),
                    event::toString));
        }
        assertEquals(
                List.of("invoices Ada"),
                operators.paused("shop").stream()
                        .map(pause -> pause.channel() + " " + pause.by())
                        .toList());
    }

    /** A relay of one node, which takes over what those of before have left. */
    private static void assertDeliveredInOrder(Fixture fixture, JpaEventStore store, List<Before> before) {
        fixture.nodes(Map.of()).join(NODE, "new");
        Set<String> channels = Set.of(CHANNEL, "invoices");
        EventEnvelope later = Events.withKey("straight");
        fixture.transactions.separately(em -> store.append(NODE, List.of(later)));
        List<UUID> delivered = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            store.adopt(NODE, channels);
            for (String channel : channels) {
                store.takeDue(NODE, channel, 100);
                store.release(NODE, channel, store.waitingKeys(NODE, channel, "", 100));
                List<StoredEvent> unsent = store.unsent(NODE, channel, 0, Set.of(), Set.of(), 100, Long.MAX_VALUE)
                        .events();
                Map<Long, Turn> turns = store.turns(
                        NODE, channel, unsent.stream().map(StoredEvent::seq).toList(), Set.of());
                List<StoredEvent> now = unsent.stream()
                        .filter(event -> Turn.NOW.equals(turns.get(event.seq())))
                        .toList();
                assertEquals(
                        now.size(),
                        store.markDelivered(
                                NODE,
                                channel,
                                now.stream().map(StoredEvent::seq).toList()));
                now.forEach(event -> delivered.add(event.event().id()));
            }
        }
        List<Before> sendable = before.stream()
                .filter(row -> row.application.equals("shop") && (row.state == 0 || row.state == 3 || row.state == 7))
                .filter(row -> !row.key.equals("dead") && !row.key.equals("late"))
                .toList();
        Set<UUID> expected = new HashSet<>(sendable.stream().map(Before::id).toList());
        expected.add(later.id());
        assertEquals(expected, Set.copyOf(delivered));
        assertEquals(expected.size(), delivered.size());
        Map<String, List<UUID>> order = new HashMap<>();
        sendable.stream()
                .filter(row -> !row.key.isEmpty() && !row.key.equals("unordered"))
                .forEach(row -> order.computeIfAbsent(row.channel + "/" + row.key, key -> new ArrayList<>())
                        .add(row.id));
        Objects.requireNonNull(order.get(CHANNEL + "/straight")).add(later.id());
        order.forEach((key, ids) -> assertEquals(
                ids, delivered.stream().filter(Set.copyOf(ids)::contains).toList(), key));
        assertEquals(
                8,
                fixture
                        .operators(Map.of())
                        .counts(
                                "shop",
                                EventFilter.undelivered()
                                        .states(
                                                EventState.DEAD,
                                                EventState.PARKED,
                                                EventState.WAITING,
                                                EventState.DELAYED))
                        .stream()
                        .mapToLong(count -> count.count())
                        .sum());
    }

    private static void assertTheInboxKnowsWhatItKnew(Fixture fixture, JpaInboxStore inbox) {
        assertEquals("3", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM posthorn_inbox"));
        assertEquals(
                InboxStore.Admission.BEHIND,
                fixture.transactions.separately(em -> inbox.admit(Inbox.event("kéy"))),
                "one of its key waits");
        assertEquals(List.of("kéy"), inbox.waitingKeys(Inbox.CONSUMER, Inbox.CHANNEL, "", 10));
        assertEquals(InboxStore.Admission.NEW, fixture.transactions.separately(em -> inbox.admit(Inbox.event("new"))));
    }

    private static void fillInbox(Fixture fixture) {
        int number = 0;
        for (String state : List.of("0", "3", "1")) {
            Jdbc.execute(
                    fixture.dataSource,
                    "INSERT INTO posthorn_inbox (consumer, source, event_id, state, state_time, channel, type, event_key, when_dead, received_at)"
                            + " VALUES ('" + Inbox.CONSUMER + "', 's', 'id-" + number++ + "', " + state + ", 1, '"
                            + Inbox.CHANNEL
                            + "', 't', 'kéy', 0, 1)");
        }
    }

    private static List<Before> fill(Fixture fixture, TestDatabase database) throws IOException, SQLException {
        List<Before> rows = new ArrayList<>();
        String sql = INSERT.formatted(database == TestDatabase.POSTGRESQL ? "CAST(? AS uuid)" : "?");
        try (Connection connection = fixture.dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            for (String line : resource("rows.tsv").split("\n")) {
                String[] values = line.split("\t", -1);
                for (int i = 0; i < values.length; i++) {
                    set(insert, i, values[i]);
                }
                insert.executeUpdate();
                String key = text(values[6]);
                rows.add(new Before(
                        UUID.fromString(values[0]),
                        values[1],
                        Integer.parseInt(values[3]),
                        values[4],
                        key == null ? "" : key));
            }
        }
        Jdbc.execute(
                fixture.dataSource,
                "INSERT INTO posthorn_channel (application, channel, paused_at, paused_by) VALUES ('shop', 'invoices', 1, 'Ada')");
        assertTrue(rows.size() > 40);
        return rows;
    }

    private static final Set<Integer> NUMBERS = Set.of(3, 7, 8, 15, 16, 18, 19);
    private static final int PAYLOAD = 14;

    private static void set(PreparedStatement insert, int column, String value) throws SQLException {
        String text = text(value);
        if (text == null) {
            insert.setNull(column + 1, NUMBERS.contains(column) ? Types.BIGINT : Types.VARCHAR);
        } else if (NUMBERS.contains(column)) {
            insert.setLong(column + 1, Long.parseLong(text));
        } else if (column == PAYLOAD) {
            insert.setBytes(column + 1, HexFormat.of().parseHex(text));
        } else {
            insert.setString(column + 1, text);
        }
    }

    private static @Nullable String text(String value) {
        return value.equals("\\N") ? null : value.replace("\\\\", "\\");
    }

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*$");

    /** On one connection, since scripts have functions and variables of a session. */
    private static void execute(Fixture fixture, String script) throws SQLException {
        try (Connection connection = fixture.dataSource.getConnection();
                var statement = connection.createStatement()) {
            for (String sql : COMMENT.matcher(script).replaceAll("").split(";")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static String script(String name) throws IOException {
        return Files.readString(SCRIPTS.resolve(name));
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = MigrationTest.class.getResourceAsStream(BEFORE + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
