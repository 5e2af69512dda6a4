package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.dialect.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A statement of a script. The scripts are the only place that knows the columns and the indexes: one on each line.
 *
 * @param version that of the script
 */
record Step(int version, String sql, Effect effect) {

    private static final Pattern CREATE_TABLE =
            Pattern.compile("(?s)CREATE TABLE (?:IF NOT EXISTS )?(\\S+) \\((.*)\\)[^()]*");

    private static final Pattern ADD_COLUMN =
            Pattern.compile("ALTER TABLE (\\S+) ADD COLUMN (?:IF NOT EXISTS )?(.*)", Pattern.DOTALL);

    private static final Pattern DROP_COLUMN =
            Pattern.compile("ALTER TABLE (\\S+) DROP COLUMN (?:IF EXISTS )?(\\S+)(?: RESTRICT| CASCADE)?");

    private static final Pattern ADD_UNIQUE =
            Pattern.compile("ALTER TABLE (\\S+) ADD CONSTRAINT (\\S+) UNIQUE \\((.*)\\)");

    private static final Pattern DROP_INDEX =
            Pattern.compile("DROP INDEX (?:CONCURRENTLY )?(?:IF EXISTS )?(\\S+)(?: ON \\S+)?");

    private static final Pattern CREATE_FUNCTION =
            Pattern.compile("(?s)CREATE (?:OR REPLACE )?FUNCTION (\\S+\\([^)]*\\)).*");

    private static final Pattern INNER_INDEX = Pattern.compile("(UNIQUE )?INDEX (\\S+) \\((.*)\\)");

    private static final Pattern CHANGE =
            Pattern.compile("(?s)(?:INSERT (?:IGNORE )?INTO|MERGE INTO|UPDATE|DELETE FROM) (\\S+).*");

    /** Reads a statement in which the tables have their configured names. */
    static Step of(int version, String sql, Tables tables) {
        return Stream.<Optional<? extends Effect>>of(
                        table(sql),
                        match(ADD_COLUMN, sql).map(m -> new Effect.NewColumn(m.group(1), m.group(2))),
                        match(DROP_COLUMN, sql).map(m -> new Effect.LostColumn(m.group(1), m.group(2))),
                        Index.of(sql).map(index -> new Effect.NewIndex(Shape.Lookup.index(index))),
                        match(ADD_UNIQUE, sql).map(Step::constraint),
                        match(DROP_INDEX, sql).map(m -> lostIndex(m.group(1), tables)),
                        match(CHANGE, sql).map(m -> change(version, m.group(1), tables)),
                        match(CREATE_FUNCTION, sql).map(m -> function(m.group(1), tables)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(effect -> new Step(version, sql, effect))
                .orElseThrow(() ->
                        new IllegalStateException("Version " + version + " has a statement of no known kind: " + sql));
    }

    /** As it is written in a text. */
    String text() {
        return sql + ";";
    }

    /** Whether it defines something, and changes no rows. */
    boolean isDefinition() {
        return !(effect instanceof Effect.NewRows) && !(effect instanceof Effect.NewVersion);
    }

    private static Optional<Matcher> match(Pattern pattern, String sql) {
        return Optional.of(pattern.matcher(sql)).filter(Matcher::matches);
    }

    private static Optional<Effect> table(String sql) {
        return match(CREATE_TABLE, sql).map(create -> {
            String table = create.group(1);
            List<String> columns = new ArrayList<>();
            List<Index> indexes = new ArrayList<>();
            create.group(2)
                    .lines()
                    .map(line -> line.strip().replaceFirst(",$", ""))
                    .filter(line -> !line.isEmpty() && !line.startsWith("PRIMARY KEY"))
                    .forEach(line -> match(INNER_INDEX, line)
                            .ifPresentOrElse(m -> indexes.add(inner(table, m)), () -> columns.add(line)));
            return new Effect.NewTable(table, columns, indexes);
        });
    }

    private static Index inner(String table, Matcher index) {
        return new Index(index.group(2), table, index.group(1) != null, Index.list(index.group(3)), "");
    }

    private static Effect constraint(Matcher unique) {
        String table = unique.group(1);
        String name = unique.group(2);
        Index index = new Index(name, table, true, Index.list(unique.group(3)), "");
        return new Effect.NewIndex(Shape.Lookup.constraint(index, unique.group()));
    }

    private static Effect lostIndex(String index, Tables tables) {
        return new Effect.LostIndex(
                tableOf(index, tables)
                        .orElseThrow(() -> new IllegalStateException(
                                "The index " + index + " is called after none of the tables.")),
                index);
    }

    private static Effect function(String signature, Tables tables) {
        return new Effect.NewFunction(tableOf(signature, tables).orElse(""), signature);
    }

    /** Indexes and functions are called after their tables, and some databases want no more than that to remove an index. */
    private static Optional<String> tableOf(String called, Tables tables) {
        String name = Tables.unqualified(called).toLowerCase(Locale.ROOT);
        return tables.all().stream()
                .filter(table -> name.startsWith(table.toLowerCase(Locale.ROOT) + "_"))
                .max(Comparator.comparingInt(String::length))
                .map(tables::qualified);
    }

    private static Effect change(int version, String table, Tables tables) {
        return table.equals(tables.version()) ? new Effect.NewVersion(table, version) : new Effect.NewRows(table);
    }
}
