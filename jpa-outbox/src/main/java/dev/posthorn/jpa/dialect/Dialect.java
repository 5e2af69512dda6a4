package dev.posthorn.jpa.dialect;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** In what the SQL of the databases differs; what is said here is that of H2, and of most. */
public class Dialect {

    /** One statement of 1000 rows takes EclipseLink several times as long as twenty of 50. */
    public static final int MOST_ROWS_OF_INSERT = 50;

    private static final Pattern NUMBER =
            Pattern.compile("\\w+ (SMALLINT|INT|INTEGER|BIGINT)\\b", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final String now;

    /**
     * @param name that of the directory with the scripts
     * @param now the time by the clock of the database, see {@link #now()}
     */
    Dialect(String name, String now) {
        this.name = name;
        this.now = now;
    }

    /**
     * The time by the clock of the database, in milliseconds. It stands still within a statement: only such an expression can be
     * looked up in an index.
     */
    public String now() {
        return now;
    }

    /** A parameter that is bound as text and used as a UUID. */
    public String uuid(int position) {
        return "CAST(?" + position + " AS uuid)";
    }

    /** A parameter that is bound as {@link #array} and used as an array of UUIDs; empty if there is no such thing. */
    public Optional<String> uuidArray(int position) {
        return Optional.empty();
    }

    /** A parameter that is bound as {@link #array} and used as an array of numbers; empty if there is no such thing. */
    public Optional<String> numberArray(int position) {
        return Optional.empty();
    }

    /** UUIDs or numbers as the text of one parameter. */
    public String array(Collection<String> values) {
        throw new UnsupportedOperationException(name);
    }

    /** The condition that a column is none of the numbers in a parameter that is bound as {@link #numbers}. */
    public String notAmong(String column, int position) {
        return "LOCATE(CONCAT(',', " + column + ", ','), ?" + position + ") = 0";
    }

    /** Numbers as the text of one parameter. */
    public String numbers(Collection<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", ",", ","));
    }

    /** The condition that a column is none of the texts in a parameter that is bound as {@link #texts}; empty if there is no such thing. */
    public Optional<String> notAmongTexts(String column, int position) {
        return Optional.empty();
    }

    /**
     * A query of keys and their numbers, in a parameter that is bound as {@link #texts}, and the next one that is bound as {@link #numbers};
     * empty if there is no such thing.
     */
    public Optional<String> keyTable(String key, String number, int position) {
        return Optional.empty();
    }

    /** Texts as the text of one parameter. */
    public String texts(Collection<String> texts) {
        throw new UnsupportedOperationException(name);
    }

    /** What texts get at their ends before they are compared, where blanks at the end would not count; empty if they do. */
    public String endMark() {
        return "";
    }

    /** A parameter that is bound as text and used as such where nothing else tells its type. */
    public String text(int position) {
        return "CAST(?" + position + " AS varchar)";
    }

    /** A parameter that is bound as a number and used as such where nothing else tells its type. */
    public String number(int position) {
        return "CAST(?" + position + " AS bigint)";
    }

    /** The size of a column of bytes. */
    public String bytes(String column) {
        return "OCTET_LENGTH(" + column + ")";
    }

    /** Numbers as one text, with blanks in between. */
    public String joined(List<String> numbers) {
        return numbers.stream().collect(Collectors.joining(", ' ', ", "CONCAT(", ")"));
    }

    /** What a query says that reads no table; empty if it need not say so. */
    public String fromNothing() {
        return "";
    }

    /** The most rows that one statement inserts. */
    public int rowsOfInsert() {
        return MOST_ROWS_OF_INSERT;
    }

    /**
     * The conditions that divide the unfinished rows of a key among indexes: what was never put away, then what was. One that is always
     * true, if there is one index for both.
     */
    public List<String> partsOfKey(String row) {
        return List.of("1 = 1");
    }

    /** The condition that a row of the inbox belongs to this part of a key. Consumer, channel and {@link #openKey} come on top. */
    public String ofPart(KeyPart part, String row) {
        return part.phases(row);
    }

    /** The column with the number of a key, as the indexes on what is unfinished have it. */
    public String openKey(String row) {
        return row + ".open_key";
    }

    /** The condition that anything is unfinished in the keys of the inbox with a number, in a statement of a foreign transaction. */
    public String isUnfinished(String table, String consumer, String channel, String number) {
        return "EXISTS (SELECT 1 FROM %s WHERE %s AND b.consumer = %s AND b.channel = %s AND %s = %s)"
                .formatted(
                        byKey(KeyPart.UNFINISHED, table, "b"),
                        ofPart(KeyPart.UNFINISHED, "b"),
                        consumer,
                        channel,
                        openKey("b"),
                        number);
    }

    /**
     * The end of the condition of a statement in a foreign transaction, which is to be planned anew each time: a plan for a small table
     * may be bad for a large one.
     *
     * @param position any of its parameters that is a text
     */
    public String plannedAnew(int position) {
        return "";
    }

    /** The columns that bring rows of one consumer, channel and part into the order of the numbers of their keys. */
    public String inOrderOfKeys(String row) {
        return "%1$s.consumer, %1$s.channel, %1$s.order_phase, %1$s.open_key".formatted(row);
    }

    /**
     * An INSERT of one row, which does nothing if another row is in its way. While such a row is not committed, it waits for the end of
     * that transaction. Where that is not enough, which is under REPEATABLE READ and on H2, it fails as {@link Contention} knows it.
     *
     * @param insert the beginning, with the names of the columns
     * @param known the condition that such a row is there, for a database that has no other way to say it
     */
    public String insertIfAbsent(String insert, String values, String known) {
        return insert + " SELECT " + values + fromNothing() + " WHERE NOT (" + known + ")";
    }

    /** The same with a condition of its own; empty if that is better asked before. */
    public Optional<String> insertIfAbsent(String insert, String values, String known, String condition) {
        return Optional.of(insertIfAbsent(insert, values, known) + " AND " + condition);
    }

    /** Deletes the first rows in an order; where two do so at once, each deletes others. Empty if they are better looked up before. */
    public Optional<String> deleteFirst(String table, String condition, String order, int rows) {
        return Optional.of("DELETE FROM %s WHERE %s %s".formatted(table, condition, limit(rows)));
    }

    /** The end of a query that sees what is committed now, whatever its transaction has seen before. */
    public String current() {
        return "";
    }

    /** The outbox in a query that is to look its rows up in one of its indexes, for databases that may think otherwise. */
    public String by(OutboxIndex index, String table, String row) {
        return table + " " + row;
    }

    /** The inbox in a query that looks up a part of a key. */
    public String byKey(KeyPart part, String table, String row) {
        return table + " " + row;
    }

    /**
     * Whether a statement sees everything as it was at one moment. Otherwise, what goes from one part of an index to another may be missed
     * in both.
     */
    public boolean seesOneMoment() {
        return true;
    }

    /** Whether who reads a row waits for who has changed it. */
    public boolean readersWait() {
        return false;
    }

    /** What an INSERT says at its end to answer with a column of the new rows; empty if that is asked for otherwise. */
    public String returning(String column) {
        return "";
    }

    /** A column as drivers want it named that are asked for what the database has put into it. */
    public String generated(String column) {
        return column;
    }

    /**
     * Whether rows are moved to another table by one statement, which deletes them, and inserts what it deleted. Otherwise they are
     * inserted there first by a query that ends with {@link #lock}.
     */
    public boolean movesAtOnce() {
        return false;
    }

    /** The end of a query that locks the rows it finds, inside of an INSERT; empty if there is no such thing. */
    public Optional<String> lock() {
        return Optional.of("FOR UPDATE");
    }

    /**
     * A query that names the transactions under way that may have been given numbers of a table, whose name is its parameter; empty if the
     * database does not tell everybody.
     */
    public Optional<String> writers() {
        return Optional.empty();
    }

    /** Whether a query may change rows as well. */
    public boolean changesInQueries() {
        return false;
    }

    /** Whether a subquery looks a number up in an index that comes from the query around it. */
    public boolean correlates() {
        return true;
    }

    /** A statement after which a column that is numbered by the database goes on behind a number. */
    public String goOnBehind(String table, String column, long number) {
        return "ALTER TABLE " + table + " ALTER COLUMN " + column + " RESTART WITH " + (number + 1) + ";";
    }

    /** The setting of the database that bounds the size of a statement, if one does. */
    public Optional<String> sizeLimit() {
        return Optional.empty();
    }

    /** The schema in which names without one are looked for. */
    public String currentSchema() {
        return "CURRENT_SCHEMA";
    }

    /** The tables of a schema, as a query goes on after FROM; it ends with their lower-cased names. */
    public String tablesInSchema(String schema) {
        return "information_schema.tables WHERE LOWER(table_schema) = LOWER(" + schema + ") AND LOWER(table_name)";
    }

    /** The definition of a column as it is added to a table that is there: one that has rows takes none without a default. */
    public String added(String column) {
        if (!column.endsWith(" NOT NULL") || column.contains(" DEFAULT ")) {
            return column;
        }
        String value = NUMBER.matcher(column).lookingAt() ? "0" : "''";
        return column.replaceFirst(" NOT NULL$", " DEFAULT " + value + " NOT NULL");
    }

    /** The end of a query that wants the first rows alone. */
    public String limit(int rows) {
        return "FETCH FIRST " + rows + " ROWS ONLY";
    }

    /** The end of a query that locks what it finds and passes over what others have locked. */
    public String skipLocked() {
        return "FOR UPDATE SKIP LOCKED";
    }

    /** The end of a query for one row by its key that locks it, unless others have. */
    public String lockUnlessLocked() {
        return "FOR UPDATE SKIP LOCKED";
    }

    /** A query that executes a statement of the DDL outside any transaction; empty if that is to be done inside. */
    public Optional<String> outsideTransaction(String ddl) {
        return Optional.empty();
    }

    /** A procedure that executes a statement of the DDL outside any transaction, for where it is refused inside; empty if it never is. */
    public Optional<String> ddlProcedure() {
        return Optional.empty();
    }

    /**
     * A query for the start of a transaction of ours, for the sake of what follows in it; empty if there is nothing to say.
     *
     * @param relaxed whether what it does may be done twice, such as a mark, since a lost mark is a duplicate, not a loss: the commit
     *     need not wait until it is safe on disk
     */
    public Optional<String> begin(Plans plans, boolean relaxed) {
        return Optional.empty();
    }

    /** The first version that has what is used of it, where an earlier one may still be about. */
    public Optional<String> earliestVersion() {
        return Optional.empty();
    }

    /** Databases that present themselves as this one and are not: what their versions have in them, and how they are called. */
    Map<String, String> lookAlikes() {
        return Map.of();
    }

    /** Whether there are databases that present themselves as this one. */
    public final boolean hasLookAlikes() {
        return !lookAlikes().isEmpty();
    }

    /** Which of them a version is of, if it is of one. */
    public final Optional<String> lookAlike(String version) {
        return lookAlikes().entrySet().stream()
                .filter(sign -> version.contains(sign.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The resource with the script that brings the tables to a version of the schema. */
    public String script(int version) {
        return "/dev/posthorn/jpa/ddl/" + name + "/V" + version + "__posthorn.sql";
    }

    /**
     * A query of the indexes of the table in its parameter, each as a CREATE INDEX, and as a number whether it can be used; empty if
     * JDBC tells as much.
     */
    public Optional<String> indexDefinitions() {
        return Optional.empty();
    }

    /** The statement that removes an index. */
    public String dropIndex(String index, String table) {
        int end = table.lastIndexOf('.') + 1;
        return "DROP INDEX " + table.substring(0, end) + index;
    }

    /** A statement about an index, made so that it holds nobody up; it may be refused in a transaction then. */
    public String concurrently(String sql) {
        return sql;
    }

    static String epochMillis(String timestamp) {
        return "CAST(EXTRACT(EPOCH FROM " + timestamp + ") * 1000 AS bigint)";
    }
}
