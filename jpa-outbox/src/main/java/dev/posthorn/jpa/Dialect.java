package dev.posthorn.jpa;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In what the SQL of the databases differs. The names are those that Config knows. */
enum Dialect {
    POSTGRESQL("PostgreSQL", epochMillis("statement_timestamp()")) {
        // A plan that was made for an empty table and kept would scan a full one until its statistics are renewed.
        private static final String FRESH_PLANS = "set_config('plan_cache_mode', 'force_custom_plan', true)";

        @Override
        Optional<String> begin() {
            return Optional.of("SELECT " + FRESH_PLANS);
        }

        /** Where only indexes may be used, a plan for an empty table is as good for a full one. */
        @Override
        Optional<String> beginWithKeptPlan() {
            return Optional.of(
                    "SELECT set_config('plan_cache_mode', 'force_generic_plan', true) || set_config('enable_seqscan', 'off', true)");
        }

        @Override
        Optional<String> beginRelaxed() {
            return Optional.of("SELECT " + FRESH_PLANS + " || set_config('synchronous_commit', 'off', true)");
        }

        /**
         * In a subquery, the text is read once. Otherwise it is read for each row that it is compared with, if there is no index scan; and
         * there is none if the array is long and the statistics are from an emptier table.
         */
        @Override
        Optional<String> uuidArray(int position) {
            return Optional.of("CAST((SELECT CAST(?" + position + " AS uuid[])) AS uuid[])");
        }

        @Override
        String notAmong(String column, int position) {
            return column + " NOT IN (SELECT unnest(CAST(?" + position + " AS uuid[])))";
        }

        @Override
        String uuids(Collection<String> ids) {
            return "{" + String.join(",", ids) + "}";
        }

        /** The hash stands in for the key in the indexes, which do not take long texts. */
        @Override
        String sameKey(String row, String key) {
            return hash(row + ".event_key") + " = " + hash(key) + " AND " + row + ".event_key = " + key;
        }

        @Override
        String ofPart(KeyPart part, String row) {
            return part.condition(row) + " AND " + row + ".event_key IS NOT NULL";
        }

        @Override
        String insertIfAbsent(String insert, String values, String known) {
            return insert + " VALUES (" + values + ") ON CONFLICT DO NOTHING";
        }

        @Override
        Optional<String> insertIfAbsent(String insert, String values, String known, String condition) {
            return Optional.of(insert + " SELECT " + values + " WHERE " + condition + " ON CONFLICT DO NOTHING");
        }

        @Override
        String ofPhase(Phase phase, String row) {
            return phase.condition(row) + " AND " + row + ".ordered = 1 AND " + row + ".event_key IS NOT NULL";
        }

        @Override
        String keyAfter(String row, int position) {
            return hash(row + ".event_key") + " > COALESCE(" + hash("NULLIF(" + text(position) + ", '')")
                    + ", CAST('-9223372036854775808' AS bigint))";
        }

        /** By the place of the rows, which cannot move while they are locked. */
        @Override
        Optional<String> deleteFirst(String table, String condition, String order, int rows) {
            return Optional.of(
                    "DELETE FROM %1$s WHERE ctid = ANY(ARRAY(SELECT ctid FROM %1$s WHERE %2$s ORDER BY %3$s %4$s %5$s))"
                            .formatted(table, condition, order, limit(rows), skipLocked()));
        }

        @Override
        String orderByKey(String row, String whose) {
            return hash(row + ".event_key");
        }

        @Override
        String text(int position) {
            return "CAST(?" + position + " AS text)";
        }

        private String hash(String key) {
            return "hashtextextended(" + key + ", 0)";
        }
    },
    H2("H2", epochMillis("CURRENT_TIMESTAMP")),
    MARIADB("MariaDB", "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)") {
        /** It looks a number up in an index only where a constant says which. */
        @Override
        boolean correlates() {
            return false;
        }

        @Override
        String notAmong(String column, int position) {
            return "NOT FIND_IN_SET(CAST(" + column + " AS CHAR), ?" + position + ")";
        }

        /** The hash stands in for the key in the index, which does not take long texts. */
        @Override
        String sameKey(String row, String key) {
            return row + ".key_hash = " + hash(key);
        }

        /** No value can be too long for its column, or missing: IGNORE has nothing to hide but the conflict. */
        @Override
        String insertIfAbsent(String insert, String values, String known) {
            return insert.replace("INSERT INTO", "INSERT IGNORE INTO") + " VALUES (" + values + ")";
        }

        /** INSERT ... SELECT would hold up all other inserts while it waits, since it locks the numbering of the table. */
        @Override
        Optional<String> insertIfAbsent(String insert, String values, String known, String condition) {
            return Optional.empty();
        }

        @Override
        String keyAfter(String row, int position) {
            return row + ".key_hash > COALESCE(" + hash("NULLIF(" + text(position) + ", '')") + ", '')";
        }

        @Override
        String orderByKey(String row, String whose) {
            return "%1$s.%2$s, %1$s.channel, %1$s.order_phase, %1$s.key_hash".formatted(row, whose);
        }

        @Override
        Optional<String> deleteFirst(String table, String condition, String order, int rows) {
            return Optional.of(
                    "DELETE FROM %s WHERE %s ORDER BY %s %s".formatted(table, condition, order, limit(rows)));
        }

        @Override
        String current() {
            return "LOCK IN SHARE MODE";
        }

        @Override
        String text(int position) {
            return "CAST(?" + position + " AS CHAR)";
        }

        @Override
        Optional<String> sizeLimit() {
            return Optional.of("max_allowed_packet");
        }

        @Override
        String limit(int rows) {
            return "LIMIT " + rows;
        }

        /** Locks on parts of an index hold up inserts of others. The change that follows is conditional, and finds its rows by id. */
        @Override
        String skipLocked() {
            return "";
        }

        @Override
        String currentSchema() {
            return "DATABASE()";
        }

        /** It refuses DDL in a transaction of an XA data source, and commits any other transaction for it. */
        @Override
        Optional<String> outsideTransaction(String ddl) {
            return Optional.of("BEGIN NOT ATOMIC " + ddl + "; SELECT 1; END");
        }

        private String hash(String key) {
            return "UNHEX(SHA1(" + key + "))";
        }
    },
    DERBY("Apache Derby", "posthorn_now()") {
        /** Of many rows in one statement, Derby makes a class that takes long to compile, one for each number of rows. */
        @Override
        int rowsOfInsert() {
            return 1;
        }

        @Override
        String fromNothing() {
            return " FROM SYSIBM.SYSDUMMY1";
        }

        @Override
        String uuid(int position) {
            return "?" + position;
        }

        @Override
        String notAmong(String column, int position) {
            return "LOCATE(" + column + ", CAST(?" + position + " AS CLOB)) = 0";
        }

        @Override
        String text(int position) {
            return "CAST(?" + position + " AS VARCHAR(32672))";
        }

        @Override
        String bytes(String column) {
            return "LENGTH(" + column + ")";
        }

        /** Numbers become as long as the longest is. */
        @Override
        String joined(List<String> numbers, List<String> texts) {
            return Stream.concat(numbers.stream().map("CAST(%s AS CHAR(20))"::formatted), texts.stream())
                    .collect(Collectors.joining(" || ' ' || "));
        }

        /**
         * Plans are made for tables as they are, small ones at first, and kept for a while: with another index they would read, and
         * lock, all that there is. Such a comment ends with its line.
         */
        @Override
        String byKey(String table, String row) {
            return byIndex(table, row, "_key");
        }

        @Override
        String byOpenKey(String table, String row) {
            return byIndex(table, row, "_open");
        }

        @Override
        String ofPart(KeyPart part, String row) {
            return part == KeyPart.UNFINISHED ? row + ".is_open = 1" : super.ofPart(part, row);
        }

        @Override
        boolean seesOneMoment() {
            return false;
        }

        private String byIndex(String table, String row, String suffix) {
            String index = table.substring(table.lastIndexOf('.') + 1) + suffix;
            return table + " " + row + " --DERBY-PROPERTIES joinStrategy=NESTEDLOOP, index=" + index + "\n";
        }

        /** The beginning stands in for the key in the index. Where texts differ only in blanks at the end, they are equal here. */
        @Override
        String sameKey(String row, String key) {
            return "%1$s.key_start = %2$s AND %1$s.event_key = %3$s AND LENGTH(%1$s.event_key) = LENGTH(%3$s)"
                    .formatted(row, start(key), key);
        }

        @Override
        String keyAfter(String row, int position) {
            String key = text(position);
            return "(LENGTH(%3$s) = 0 OR %1$s.key_start > %2$s OR (%1$s.key_start = %2$s AND %1$s.event_key > %3$s))"
                    .formatted(row, start(key), key);
        }

        @Override
        String orderByKey(String row, String whose) {
            return "%1$s.%2$s, %1$s.channel, %1$s.order_phase, %1$s.key_start".formatted(row, whose);
        }

        /** It would look the rows up again for each row that there is. */
        @Override
        Optional<String> deleteFirst(String table, String condition, String order, int rows) {
            return Optional.empty();
        }

        /** It can't pass over what is locked. The change that follows is conditional, and finds its rows by id. */
        @Override
        String skipLocked() {
            return "";
        }

        /** It waits until the others have ended; and would let go at once of what it locked, but for repeatable reads. */
        @Override
        String lockUnlessLocked() {
            return "FOR UPDATE WITH RS";
        }

        @Override
        String tablesInSchema(String schema) {
            return "SYS.SYSTABLES t JOIN SYS.SYSSCHEMAS s ON t.SCHEMAID = s.SCHEMAID WHERE LOWER(s.SCHEMANAME) = LOWER("
                    + schema + ") AND LOWER(t.TABLENAME)";
        }

        @Override
        String currentSchema() {
            return "CURRENT SCHEMA";
        }

        /** To a table that has rows, it adds no column without a default. */
        @Override
        String added(String column) {
            if (!column.endsWith(" NOT NULL") || column.contains(" DEFAULT ")) {
                return column;
            }
            String value = column.matches("\\w+ (SMALLINT|INTEGER|BIGINT)\\b.*") ? "0" : "''";
            return column.replaceFirst(" NOT NULL$", " DEFAULT " + value + " NOT NULL");
        }

        private String start(String key) {
            return "SUBSTR(" + key + ", 1, 500) || '.'";
        }
    };

    private final String product;
    private final String now;

    Dialect(String product, String now) {
        this.product = product;
        this.now = now;
    }

    /** The dialect of what JDBC's metadata call {@code product}. */
    static Optional<Dialect> ofProduct(String product) {
        return Arrays.stream(values())
                .filter(dialect -> product.startsWith(dialect.product))
                .findAny();
    }

    /**
     * The time by the clock of the database, in milliseconds. It stands still within a statement: only such an expression can be
     * looked up in an index.
     */
    String now() {
        return now;
    }

    /** A parameter that is bound as text and used as a UUID. */
    String uuid(int position) {
        return "CAST(?" + position + " AS uuid)";
    }

    /** A parameter that is bound as {@link #uuids} and used as an array; empty if there is no such thing. */
    Optional<String> uuidArray(int position) {
        return Optional.empty();
    }

    /** The condition that a column is none of the UUIDs in a parameter that is bound as {@link #uuids}. */
    String notAmong(String column, int position) {
        String set =
                "SELECT CAST(SUBSTRING(?%1$d, 1 + 37 * x, 36) AS uuid) FROM SYSTEM_RANGE(0, (LENGTH(?%1$d) + 1) / 37 - 1)";
        return column + " NOT IN (" + set.formatted(position) + ")";
    }

    /** UUIDs as the text of one parameter. */
    String uuids(Collection<String> ids) {
        return String.join(",", ids);
    }

    /** A parameter that is bound as text and used as such where nothing else tells its type. */
    String text(int position) {
        return "CAST(?" + position + " AS varchar)";
    }

    /** The size of a column of bytes. */
    String bytes(String column) {
        return "OCTET_LENGTH(" + column + ")";
    }

    /** Numbers and texts as one text, with blanks in between. */
    String joined(List<String> numbers, List<String> texts) {
        return Stream.concat(numbers.stream(), texts.stream()).collect(Collectors.joining(", ' ', ", "CONCAT(", ")"));
    }

    /** What a query says that reads no table; empty if it need not say so. */
    String fromNothing() {
        return "";
    }

    /** The most rows that one statement inserts: of 1000, EclipseLink takes several times as long as of twenty times 50. */
    int rowsOfInsert() {
        return Append.MAX_ROWS;
    }

    /** The condition that a row is an ordered event of a key in this phase. Application and channel come on top. */
    String ofKey(Phase phase, String row, String key) {
        return ofPhase(phase, row) + " AND " + sameKey(row, key);
    }

    /** The condition that a row is an ordered event of any key in this phase. Application and channel come on top. */
    String ofPhase(Phase phase, String row) {
        return row + ".order_phase = " + phase.ordinal();
    }

    /** The condition that a row's key comes after that in a parameter, in an order of the database's choice; an empty text is before all. */
    String keyAfter(String row, int position) {
        return row + ".event_key > ?" + position;
    }

    /** The columns that bring rows of one application, channel and phase into the order of their keys. */
    String orderByKey(String row) {
        return orderByKey(row, "application");
    }

    /** The same for rows that belong to what another column says. */
    String orderByKey(String row, String whose) {
        return "%1$s.%2$s, %1$s.channel, %1$s.order_phase, %1$s.event_key".formatted(row, whose);
    }

    /** The condition that a row is of a key, as the indexes on keys have it. */
    String sameKey(String row, String key) {
        return row + ".event_key = " + key;
    }

    /** The condition that a row of the inbox belongs to this part of a key. Consumer and channel come on top. */
    String ofPart(KeyPart part, String row) {
        return part.phases(row);
    }

    /**
     * An INSERT of one row, which does nothing if another row is in its way. While such a row is not committed, it waits for the end of
     * that transaction. Where that is not enough, which is under REPEATABLE READ and on H2, it fails as {@link Contention} knows it.
     *
     * @param insert the beginning, with the names of the columns
     * @param known the condition that such a row is there, for a database that has no other way to say it
     */
    String insertIfAbsent(String insert, String values, String known) {
        return insert + " SELECT " + values + fromNothing() + " WHERE NOT (" + known + ")";
    }

    /** The same with a condition of its own; empty if that is better asked before. */
    Optional<String> insertIfAbsent(String insert, String values, String known, String condition) {
        return Optional.of(insertIfAbsent(insert, values, known) + " AND " + condition);
    }

    /** Deletes the first rows in an order; where two do so at once, each deletes others. Empty if they are better looked up before. */
    Optional<String> deleteFirst(String table, String condition, String order, int rows) {
        return Optional.of("DELETE FROM %s WHERE %s %s".formatted(table, condition, limit(rows)));
    }

    /** The end of a query that sees what is committed now, whatever its transaction has seen before. */
    String current() {
        return "";
    }

    /** A table in a query, of which rows of a phase and of keys are looked up. */
    String byKey(String table, String row) {
        return table + " " + row;
    }

    /** A table in a query, of which all rows of keys are looked up that are unfinished. */
    String byOpenKey(String table, String row) {
        return byKey(table, row);
    }

    /**
     * Whether a statement sees everything as it was at one moment. Otherwise, what goes from one part of an index to another may be missed
     * in both.
     */
    boolean seesOneMoment() {
        return true;
    }

    /** Whether a subquery looks a number up in an index that comes from the query around it. */
    boolean correlates() {
        return true;
    }

    /** The setting of the database that bounds the size of a statement, if one does. */
    Optional<String> sizeLimit() {
        return Optional.empty();
    }

    /** The schema in which names without one are looked for. */
    String currentSchema() {
        return "CURRENT_SCHEMA";
    }

    /** The tables of a schema, as a query goes on after FROM; it ends with their lower-cased names. */
    String tablesInSchema(String schema) {
        return "information_schema.tables WHERE LOWER(table_schema) = LOWER(" + schema + ") AND LOWER(table_name)";
    }

    /** The definition of a column as it is added to a table that is there. */
    String added(String column) {
        return column;
    }

    /** The end of a query that wants the first rows alone. */
    String limit(int rows) {
        return "FETCH FIRST " + rows + " ROWS ONLY";
    }

    /** The end of a query that locks what it finds and passes over what others have locked. */
    String skipLocked() {
        return "FOR UPDATE SKIP LOCKED";
    }

    /** The end of a query for one row by its key that locks it, unless others have. */
    String lockUnlessLocked() {
        return "FOR UPDATE SKIP LOCKED";
    }

    /** A query that executes a statement of the DDL outside any transaction; empty if that is to be done inside. */
    Optional<String> outsideTransaction(String ddl) {
        return Optional.empty();
    }

    /** A query for the start of a transaction of ours, for the sake of what follows in it. */
    Optional<String> begin() {
        return Optional.empty();
    }

    /** The same for a statement that has only one good plan, and for which planning would take longer than what is planned. */
    Optional<String> beginWithKeptPlan() {
        return begin();
    }

    /**
     * The same for what may be done twice, since a lost mark is a duplicate, not a loss: the commit need not wait until it is safe
     * on disk.
     */
    Optional<String> beginRelaxed() {
        return begin();
    }

    /** The resource with the tables. */
    String script() {
        return "ddl/" + name().toLowerCase(Locale.ROOT) + ".sql";
    }

    private static String epochMillis(String timestamp) {
        return "CAST(EXTRACT(EPOCH FROM " + timestamp + ") * 1000 AS bigint)";
    }
}
