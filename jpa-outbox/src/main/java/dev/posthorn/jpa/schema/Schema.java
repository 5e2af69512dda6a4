package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.config.SchemaMode;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.DatabaseClock;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.jpa.transaction.Transactions;
import jakarta.persistence.EntityManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Creates the tables, or tells what they lack. A failed statement ends a transaction, so each probe has one of its own. */
final class Schema {

    private static final String PROBE = "SELECT %s FROM %s WHERE 1 = 0";

    private static final String EXISTS = "SELECT COUNT(*) FROM %s = LOWER(?1)";

    private static final String ADD_COLUMN = "ALTER TABLE %s ADD COLUMN %s;";

    private static final Pattern PARAMETER = Pattern.compile("\\w+(?=[,)])");

    private final Dialect dialect;
    private final Script script;
    private final Tables tables;
    private final Transactions transactions;

    Schema(Dialect dialect, Tables tables, Transactions transactions) {
        this.dialect = dialect;
        this.script = Script.of(dialect, tables);
        this.tables = tables;
        this.transactions = transactions;
    }

    /** Answers what is missing to publish, each with the remedy. */
    List<String> prepareOutgoing(SchemaMode mode) {
        return prepare(mode, tables.outgoing());
    }

    /** Answers what is missing to receive, each with the remedy. */
    List<String> prepareIncoming(SchemaMode mode) {
        return prepare(mode, tables.incoming());
    }

    private List<String> prepare(SchemaMode mode, List<String> names) {
        return switch (mode) {
            case NONE -> List.of();
            case VALIDATE -> problems(validate(names), validateFunctions());
            case CREATE -> {
                List<String> problems = problems(create(names), createFunctions());
                names.forEach(name -> createFunctions(tables.qualified(name)));
                yield problems.isEmpty() ? validate(names) : problems;
            }
        };
    }

    private static List<String> problems(List<String> ofTables, List<String> ofFunctions) {
        return Stream.of(ofTables, ofFunctions).flatMap(List::stream).toList();
    }

    private List<String> createFunctions() {
        if (validateFunctions().isEmpty()) {
            return List.of();
        }
        // Two nodes may start at once: who loses the race finds the function afterwards.
        script.functions().forEach(sql -> failure(em -> Sql.read(em, sql).execute()));
        return validateFunctions();
    }

    /** The clock is the one function that may be ours. */
    private List<String> validateFunctions() {
        return script.functions().stream()
                .flatMap(sql -> failure(em -> DatabaseClock.millis(em, dialect)).stream()
                        .map(failure -> Problems.functionMissing(dialect.now(), failure, sql + ";")))
                .toList();
    }

    /** Beside a table that was made without. */
    private void createFunctions(String table) {
        if (!missingFunctions(table).isEmpty()) {
            script.functions(table).forEach(sql -> failure(em -> execute(em, table, sql)));
        }
    }

    private List<String> missingFunctions(String table) {
        return script.functions(table).stream()
                .flatMap(sql -> failure(em -> call(em, Script.signature(sql))).stream()
                        .map(failure -> Problems.functionMissing(Script.signature(sql), failure, sql + ";")))
                .toList();
    }

    private void call(EntityManager em, String signature) {
        String call = PARAMETER.matcher(signature).replaceAll("NULL");
        Sql.read(em, "SELECT " + call + dialect.fromNothing()).rows();
    }

    private List<String> create(List<String> names) {
        return names.stream().flatMap(name -> create(name).stream()).toList();
    }

    private Optional<String> create(String name) {
        String table = tables.qualified(name);
        return tryCreate(name, table)
                .flatMap(failure -> tryCreateAgain(name, table, failure))
                .map(failure -> Problems.notCreated(table, failure, ddl(table)));
    }

    private Optional<RuntimeException> tryCreate(String name, String table) {
        return failure(em -> {
            // Even CREATE INDEX IF NOT EXISTS would wait for every transaction under way that has stored events.
            if (!exists(em, name)) {
                script.creating(table).forEach(sql -> execute(em, table, sql));
            }
        });
    }

    /** Two nodes may start at once: who loses the race finds the table at the second attempt. */
    private Optional<RuntimeException> tryCreateAgain(String name, String table, RuntimeException failure) {
        return dialect.ddlProcedure()
                .filter(procedure -> DdlProcedure.isFor(failure))
                .map(procedure -> new DdlProcedure(procedure, dialect, tables, transactions).create(name))
                .orElseGet(() -> tryCreate(name, table));
    }

    private void execute(EntityManager em, String table, String ddl) {
        dialect.outsideTransaction(ddl)
                .ifPresentOrElse(
                        query -> transactions.without(
                                other -> Sql.read(other, query).rows()),
                        () -> Sql.change(em, table, ddl).execute());
    }

    private boolean exists(EntityManager em, String name) {
        String schema = tables.schema().map(given -> "'" + given + "'").orElse(dialect.currentSchema());
        Sql query =
                Sql.read(em, EXISTS.formatted(dialect.tablesInSchema(schema))).set(1, name);
        return Values.integer(query.column().get(0)) > 0;
    }

    private List<String> validate(List<String> names) {
        return names.stream()
                .flatMap(name -> validate(tables.qualified(name)).stream())
                .toList();
    }

    private List<String> validate(String table) {
        List<String> columns = script.columns(table);
        String all = columns.stream().map(Schema::name).collect(Collectors.joining(", "));
        if (probe(all, table).isEmpty()) {
            return missingFunctions(table);
        }
        return probe("1", table)
                .map(failure -> List.of(Problems.tableMissing(table, failure, ddl(table))))
                .orElseGet(() -> missing(table, columns));
    }

    /** A table that lacks most of them is somebody else's: the cure would ruin it. */
    private List<String> missing(String table, List<String> columns) {
        Map<String, RuntimeException> missing = new LinkedHashMap<>();
        columns.forEach(column -> probe(name(column), table).ifPresent(failure -> missing.put(column, failure)));
        if (missing.size() > columns.size() / 2) {
            return List.of(Problems.notOurs(
                    table, missing.keySet().stream().map(Schema::name).toList()));
        }
        return missing.entrySet().stream()
                .map(each -> missing(table, each.getKey(), each.getValue()))
                .toList();
    }

    private String missing(String table, String column, RuntimeException failure) {
        return Problems.columnMissing(table, name(column), failure, ADD_COLUMN.formatted(table, dialect.added(column)));
    }

    private Optional<RuntimeException> probe(String columns, String table) {
        return failure(em -> Sql.read(em, PROBE.formatted(columns, table)).rows());
    }

    private Optional<RuntimeException> failure(Consumer<EntityManager> work) {
        try {
            return transactions.separately(em -> {
                work.accept(em);
                return Optional.empty();
            });
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    private String ddl(String table) {
        return script.creating(table).stream().map(sql -> sql + ";").collect(Collectors.joining("\n"));
    }

    private static String name(String column) {
        return column.substring(0, column.indexOf(' '));
    }
}
