package dev.posthorn.jpa.dialect;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** What MariaDB and MySQL have in common. */
abstract class InnoDbDialect extends Dialect {

    // UNIX_TIMESTAMP(NOW(3)) would be an hour off while clocks are put back, if the time zone has a summer time.
    private static final String NOW = "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000";

    InnoDbDialect(String name) {
        super(name, NOW);
    }

    /** It looks a number up in an index only where a constant says which. */
    @Override
    public boolean correlates() {
        return false;
    }

    /** It prefers to go through the whole table in the order of its numbers, where only the first rows are wanted. */
    @Override
    public String by(OutboxIndex index, String table, String row) {
        return table + " " + row + " FORCE INDEX (" + index.of(table) + ")";
    }

    @Override
    public String notAmong(String column, int position) {
        return "NOT FIND_IN_SET(CAST(" + column + " AS CHAR), ?" + position + ")";
    }

    @Override
    public String numbers(Collection<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** No value can be too long for its column, or missing: IGNORE has nothing to hide but the conflict. */
    @Override
    public String insertIfAbsent(String insert, String values, String known) {
        return insert.replace("INSERT INTO", "INSERT IGNORE INTO") + " VALUES (" + values + ")";
    }

    /** INSERT ... SELECT would hold up all other inserts while it waits, since it locks the numbering of the table. */
    @Override
    public Optional<String> insertIfAbsent(String insert, String values, String known, String condition) {
        return Optional.empty();
    }

    @Override
    public Optional<String> deleteFirst(String table, String condition, String order, int rows) {
        return Optional.of("DELETE FROM %s WHERE %s ORDER BY %s %s".formatted(table, condition, order, limit(rows)));
    }

    @Override
    public String current() {
        return "LOCK IN SHARE MODE";
    }

    /** In the character set of the columns, whatever the connection's is. */
    @Override
    public String text(int position) {
        return "CAST(?" + position + " AS CHAR CHARACTER SET utf8mb4)";
    }

    @Override
    public String number(int position) {
        return "?" + position;
    }

    @Override
    public Optional<String> sizeLimit() {
        return Optional.of("max_allowed_packet");
    }

    @Override
    public String limit(int rows) {
        return "LIMIT " + rows;
    }

    /** Locks on parts of an index hold up inserts of others. The change that follows is conditional, and finds its rows by id. */
    @Override
    public String skipLocked() {
        return "";
    }

    @Override
    public String goOnBehind(String table, String column, long number) {
        return "ALTER TABLE " + table + " AUTO_INCREMENT = " + (number + 1) + ";";
    }

    @Override
    public String dropIndex(String index, String table) {
        return "DROP INDEX " + index + " ON " + table;
    }

    @Override
    public String currentSchema() {
        return "DATABASE()";
    }

    /** Rows that are there get zeros and empty texts by themselves, and large texts can have no default. */
    @Override
    public String added(String column) {
        return column;
    }
}
