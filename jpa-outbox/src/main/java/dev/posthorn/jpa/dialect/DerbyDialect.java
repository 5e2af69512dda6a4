package dev.posthorn.jpa.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Apache Derby, which has locks where others have versions of rows. */
final class DerbyDialect extends Dialect {

    DerbyDialect() {
        super("derby", "posthorn_now()");
    }

    /** Of many rows in one statement, Derby makes a class that takes long to compile, one for each number of rows. */
    @Override
    public int rowsOfInsert() {
        return 1;
    }

    @Override
    public String fromNothing() {
        return " FROM SYSIBM.SYSDUMMY1";
    }

    @Override
    public String uuid(int position) {
        return "?" + position;
    }

    @Override
    public String notAmong(String column, int position) {
        return "LOCATE(',' || TRIM(CAST(" + column + " AS CHAR(20))) || ',', CAST(?" + position + " AS CLOB)) = 0";
    }

    @Override
    public String text(int position) {
        return "CAST(?" + position + " AS VARCHAR(32672))";
    }

    @Override
    public String endMark() {
        return ".";
    }

    @Override
    public String bytes(String column) {
        return "LENGTH(" + column + ")";
    }

    /** Numbers become as long as the longest is. */
    @Override
    public String joined(List<String> numbers) {
        return numbers.stream().map("CAST(%s AS CHAR(20))"::formatted).collect(Collectors.joining(" || ' ' || "));
    }

    /**
     * Plans are made for tables as they are, small ones at first, and kept for a while: with another index they would read, and
     * lock, all that there is. Such a comment ends with its line.
     */
    @Override
    public String by(OutboxIndex index, String table, String row) {
        return index == OutboxIndex.TURN ? byIndex(table, row, "_turn") : super.by(index, table, row);
    }

    @Override
    public String byKey(String table, String row) {
        return byIndex(table, row, "_key");
    }

    @Override
    public String byOpenKey(String table, String row) {
        return byIndex(table, row, "_open");
    }

    @Override
    public String ofPart(KeyPart part, String row) {
        return part == KeyPart.UNFINISHED ? row + ".is_open = 1" : super.ofPart(part, row);
    }

    @Override
    public boolean seesOneMoment() {
        return false;
    }

    private String byIndex(String table, String row, String suffix) {
        String index = Tables.index(table, suffix);
        return table + " " + row + " --DERBY-PROPERTIES joinStrategy=NESTEDLOOP, index=" + index + "\n";
    }

    /** The beginning stands in for the key in the index. Where texts differ only in blanks at the end, they are equal here. */
    @Override
    public String sameKey(String row, String key) {
        return "%1$s.key_start = %2$s AND %1$s.event_key = %3$s AND LENGTH(%1$s.event_key) = LENGTH(%3$s)"
                .formatted(row, start(key), key);
    }

    @Override
    public String keyAfter(String row, int position) {
        String key = text(position);
        return "(LENGTH(%3$s) = 0 OR %1$s.key_start > %2$s OR (%1$s.key_start = %2$s AND %1$s.event_key > %3$s))"
                .formatted(row, start(key), key);
    }

    @Override
    public String orderByKey(String row) {
        return "%1$s.consumer, %1$s.channel, %1$s.order_phase, %1$s.key_start".formatted(row);
    }

    @Override
    public String generated(String column) {
        return column.toUpperCase(Locale.ROOT);
    }

    @Override
    public Optional<String> lock() {
        return Optional.empty();
    }

    /** It would look the rows up again for each row that there is. */
    @Override
    public Optional<String> deleteFirst(String table, String condition, String order, int rows) {
        return Optional.empty();
    }

    /** It can't pass over what is locked. The change that follows is conditional, and finds its rows by id. */
    @Override
    public String skipLocked() {
        return "";
    }

    /** It waits until the others have ended; and would let go at once of what it locked, but for repeatable reads. */
    @Override
    public String lockUnlessLocked() {
        return "FOR UPDATE WITH RS";
    }

    @Override
    public String tablesInSchema(String schema) {
        return "SYS.SYSTABLES t JOIN SYS.SYSSCHEMAS s ON t.SCHEMAID = s.SCHEMAID WHERE LOWER(s.SCHEMANAME) = LOWER("
                + schema + ") AND LOWER(t.TABLENAME)";
    }

    @Override
    public String currentSchema() {
        return "CURRENT SCHEMA";
    }

    private String start(String key) {
        return "SUBSTR(" + key + ", 1, 500) || '.'";
    }
}
