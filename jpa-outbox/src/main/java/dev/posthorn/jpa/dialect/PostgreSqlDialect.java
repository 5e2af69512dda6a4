package dev.posthorn.jpa.dialect;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** PostgreSQL. */
final class PostgreSqlDialect extends Dialect {

    private static final String AND = " || ";

    // A plan that was made for an empty table and kept would scan a full one until its statistics are renewed.
    private static final String FRESH = set("plan_cache_mode", "force_custom_plan");

    // With statistics of a quiet moment it would collect all of a backlog, and sort it, for each read of a part of it.
    private static final String IN_ORDER =
            FRESH + AND + set("enable_sort", "off") + AND + set("enable_bitmapscan", "off");

    // Where only indexes may be used, a plan for an empty table is as good for a full one.
    private static final String KEPT =
            set("plan_cache_mode", "force_generic_plan") + AND + set("enable_seqscan", "off");

    private static final String RELAXED = set("synchronous_commit", "off");

    PostgreSqlDialect() {
        super("postgresql", epochMillis("statement_timestamp()"));
    }

    /** The oldest that everything is tried on. */
    @Override
    public Optional<String> earliestVersion() {
        return Optional.of("14");
    }

    /** Their nodes number rows each out of a stock, or otherwise not in the order of commits. */
    @Override
    Map<String, String> lookAlikes() {
        return Map.of("CockroachDB", "CockroachDB", "-YB-", "YugabyteDB");
    }

    @Override
    public Optional<String> begin(Plans plans, boolean relaxed) {
        String settings =
                switch (plans) {
                    case ANY -> "";
                    case FRESH -> FRESH;
                    case IN_ORDER -> IN_ORDER;
                    case KEPT -> KEPT;
                };
        if (relaxed) {
            settings = settings.isEmpty() ? RELAXED : settings + AND + RELAXED;
        }
        return settings.isEmpty() ? Optional.empty() : Optional.of("SELECT " + settings);
    }

    /** Until the end of the transaction. */
    private static String set(String setting, String value) {
        return "set_config('" + setting + "', '" + value + "', true)";
    }

    @Override
    public Optional<String> uuidArray(int position) {
        return Optional.of(array(position, "uuid"));
    }

    @Override
    public Optional<String> numberArray(int position) {
        return Optional.of(array(position, "bigint"));
    }

    /**
     * In a subquery, the text is read once. Otherwise it is read for each row that it is compared with, if there is no index scan; and
     * there is none if the array is long and the statistics are from an emptier table.
     */
    private static String array(int position, String type) {
        return "CAST((SELECT CAST(?%1$d AS %2$s[])) AS %2$s[])".formatted(position, type);
    }

    @Override
    public String array(Collection<String> values) {
        return "{" + String.join(",", values) + "}";
    }

    @Override
    public String notAmong(String column, int position) {
        return column + " NOT IN (SELECT unnest(CAST(?" + position + " AS bigint[])))";
    }

    @Override
    public String numbers(Collection<Long> numbers) {
        return array(numbers.stream().map(String::valueOf).toList());
    }

    /** As the indexes have it, literally. */
    @Override
    public List<String> partsOfKey(String row) {
        return List.of("%1$s.owner > 0 AND %1$s.key_hash > 0", "%1$s.owner <= 0 AND %1$s.key_hash > 0").stream()
                .map(part -> part.formatted(row))
                .toList();
    }

    @Override
    public String returning(String column) {
        return " RETURNING " + column;
    }

    @Override
    public String goOnBehind(String table, String column, long number) {
        return "SELECT setval(pg_get_serial_sequence('" + table + "', '" + column + "'), " + number + ");";
    }

    /** Who inserts has locked the table before he is given a number, and until everybody can see what he has inserted. */
    @Override
    public Optional<String> writers() {
        return Optional.of(
                "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock'"
                        + " AND granted AND relation = CAST(to_regclass(?1) AS oid)"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    }

    @Override
    public boolean movesAtOnce() {
        return true;
    }

    /** Read once, and hashed, however many there are. */
    @Override
    public Optional<String> notAmongTexts(String column, int position) {
        return Optional.of(column + " NOT IN (SELECT unnest(CAST(?" + position + " AS text[])))");
    }

    @Override
    public Optional<String> keyTable(String key, String number, int position) {
        return Optional.of("SELECT unnest(CAST(?%d AS text[])) AS %s, unnest(CAST(?%d AS bigint[])) AS %s"
                .formatted(position, key, position + 1, number));
    }

    @Override
    public String texts(Collection<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public boolean changesInQueries() {
        return true;
    }

    @Override
    public Optional<String> indexDefinitions() {
        return Optional.of("SELECT pg_get_indexdef(indexrelid), CASE WHEN indisvalid THEN 1 ELSE 0 END FROM pg_index"
                + " WHERE indrelid = to_regclass(" + text(1) + ")");
    }

    @Override
    public String concurrently(String sql) {
        return sql.replaceFirst("INDEX ", "INDEX CONCURRENTLY ");
    }

    /** No key with a number is missing: that much of the condition of an index, PostgreSQL sees by itself. */
    @Override
    public String ofPart(KeyPart part, String row) {
        return part.condition(row);
    }

    @Override
    public String openKey(String row) {
        return row + ".key_hash";
    }

    /** By a function that has its own settings. To plan it anew each time would take longer than all else that an INSERT does. */
    @Override
    public String isUnfinished(String table, String consumer, String channel, String number) {
        return "%s_unfinished(%s, %s, %s)".formatted(table, consumer, channel, number);
    }

    /**
     * A parameter is never missing, so nothing of this is left in a plan for the values that there are. In a plan for any values it is, and
     * makes that one seem so expensive that it is not taken.
     */
    @Override
    public String plannedAnew(int position) {
        return " AND (" + text(position) + " IS NOT NULL OR (SELECT COUNT(*) FROM generate_series(1, 1000000)) < 0)";
    }

    @Override
    public String inOrderOfKeys(String row) {
        return "%1$s.consumer, %1$s.channel, %1$s.key_hash".formatted(row);
    }

    @Override
    public String insertIfAbsent(String insert, String values, String known) {
        return insert + " VALUES (" + values + ") ON CONFLICT DO NOTHING";
    }

    @Override
    public Optional<String> insertIfAbsent(String insert, String values, String known, String condition) {
        return Optional.of(insert + " SELECT " + values + " WHERE " + condition + " ON CONFLICT DO NOTHING");
    }

    /** By the place of the rows, which cannot move while they are locked. */
    @Override
    public Optional<String> deleteFirst(String table, String condition, String order, int rows) {
        return Optional.of(
                "DELETE FROM %1$s WHERE ctid = ANY(ARRAY(SELECT ctid FROM %1$s WHERE %2$s ORDER BY %3$s %4$s %5$s))"
                        .formatted(table, condition, order, limit(rows), skipLocked()));
    }

    @Override
    public String text(int position) {
        return "CAST(?" + position + " AS text)";
    }
}
