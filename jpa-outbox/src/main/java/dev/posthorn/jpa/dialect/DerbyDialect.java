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
    public String byKey(KeyPart part, String table, String row) {
        return byIndex(table, row, part == KeyPart.UNFINISHED ? "_open" : "_key");
    }

    @Override
    public boolean seesOneMoment() {
        return false;
    }

    @Override
    public boolean readersWait() {
        return true;
    }

    private String byIndex(String table, String row, String suffix) {
        String index = Tables.index(table, suffix);
        return table + " " + row + " --DERBY-PROPERTIES joinStrategy=NESTEDLOOP, index=" + index + "\n";
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
}
