package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.dialect.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An index, as a script defines it or as the database tells it.
 *
 * @param columns what it is sorted by, each with its direction if that is a descending one
 * @param condition what is in it; empty if everything is
 */
record Index(String name, String table, boolean unique, List<String> columns, String condition) {

    private static final Pattern CREATE = Pattern.compile(
            "(?is)CREATE (UNIQUE )?INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?(\\S+) ON (?:ONLY )?(\\S+) (?:USING \\w+ )?(\\(.*)");

    private static final Pattern WHERE = Pattern.compile("(?is).*?\\bWHERE (.*)");

    /** How PostgreSQL tells what was written as IN. */
    private static final Pattern ANY = Pattern.compile("(?i)= ANY \\(ARRAY\\[([^]]*)]\\)");

    private static final Pattern CAST =
            Pattern.compile("(?i)::(?:bigint|integer|smallint|text|character varying|boolean)(?:\\[])?");

    private static final Pattern NOISE = Pattern.compile("[\\s()\"'`]");

    Index {
        columns = List.copyOf(columns);
    }

    /** Reads a CREATE INDEX. */
    static Optional<Index> of(String sql) {
        Matcher create = CREATE.matcher(sql);
        if (!create.matches()) {
            return Optional.empty();
        }
        String definition = create.group(4);
        int end = endOfParenthesis(definition);
        Matcher where = WHERE.matcher(definition.substring(end));
        return Optional.of(new Index(
                create.group(2),
                create.group(3),
                create.group(1) != null,
                list(definition.substring(1, end - 1)),
                where.matches() ? where.group(1) : ""));
    }

    /** The parts of a list with commas, which may have lists in parentheses. */
    static List<String> list(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    private static int endOfParenthesis(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException(text);
    }

    /** With the columns of another one behind its own. */
    Index and(Index more) {
        return new Index(
                name,
                table,
                unique,
                Stream.concat(columns.stream(), more.columns.stream()).toList(),
                condition);
    }

    boolean isCalled(String other) {
        return Tables.unqualified(name).equalsIgnoreCase(Tables.unqualified(other));
    }

    /** Whether both hold the same in the same order, however that is written. */
    boolean holdsTheSame(Index other) {
        return unique == other.unique && hasColumnsOf(other) && plain(condition).equals(plain(other.condition));
    }

    boolean hasColumnsOf(Index other) {
        return plainColumns().equals(other.plainColumns());
    }

    private List<String> plainColumns() {
        return columns.stream().map(Index::plain).toList();
    }

    private static String plain(String text) {
        String in = ANY.matcher(text).replaceAll("IN ($1)");
        return NOISE.matcher(CAST.matcher(in).replaceAll("")).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** The statement that makes it. */
    String create() {
        return "CREATE " + (unique ? "UNIQUE " : "") + "INDEX " + name + " ON " + table + " ("
                + String.join(", ", columns) + ")" + (condition.isEmpty() ? "" : " WHERE " + condition);
    }

    /** What it holds, for people. */
    String content() {
        return (unique ? "unique " : "") + "(" + String.join(", ", columns) + ")"
                + (condition.isEmpty() ? "" : " WHERE " + condition);
    }
}
