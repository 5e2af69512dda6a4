package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.config.SchemaMode;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.jpa.transaction.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the tables and brings them up to date, or tells what they lack. */
final class Schema {

    private final Dialect dialect;
    private final Tables tables;
    private final Transactions transactions;
    private final Scripts.Source source;
    private final Scripts scripts;
    private final Catalogue catalogue;
    private final Validation validation;

    Schema(Dialect dialect, Tables tables, Transactions transactions, Scripts.Source source) {
        this.dialect = dialect;
        this.tables = tables;
        this.transactions = transactions;
        this.source = source;
        this.scripts = Scripts.of(dialect, tables, source);
        this.catalogue = new Catalogue(dialect, tables, transactions);
        this.validation = new Validation(dialect, tables, scripts, catalogue);
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
            case VALIDATE -> validation.problems(names);
            case CREATE -> {
                List<String> problems = create();
                yield problems.isEmpty() ? validation.problems(names) : problems;
            }
        };
    }

    /** All tables, also those that are of no use here: who only receives does not mind that the others are there. */
    private List<String> create() {
        int version = catalogue.version();
        List<String> foreign = version == 0 ? validation.foreignTables() : List.of();
        return foreign.isEmpty() ? create(version) : foreign;
    }

    private List<String> create(int version) {
        Definer inTransactions = Definer.of(dialect, transactions);
        return upgrade(scripts, catalogue, inTransactions, version)
                .flatMap(failure -> dialect.ddlProcedure()
                        .filter(procedure -> DdlProcedure.isFor(failure.cause()))
                        .map(procedure -> upgradeBy(new DdlProcedure(procedure, inTransactions, transactions), version))
                        .orElseGet(() -> Optional.of(failure)))
                .map(failure -> List.of(Problems.notCreated(
                        failure.outstanding().get(0).effect().table(),
                        failure.cause(),
                        Validation.text(failure.outstanding()))))
                .orElseGet(List::of);
    }

    /** In a procedure, names without a schema belong to that of the procedure. */
    private Optional<Upgrade.Failure> upgradeBy(DdlProcedure procedure, int version) {
        Tables here = tables.schema().isPresent() ? tables : tables.in(currentSchema());
        return upgrade(
                Scripts.of(dialect, here, source), new Catalogue(dialect, here, transactions), procedure, version);
    }

    private String currentSchema() {
        Object schema = transactions.separately(
                em -> Sql.read(em, "SELECT " + dialect.currentSchema()).column().get(0));
        return "`" + Values.text(schema).replace("`", "``") + "`";
    }

    private static Optional<Upgrade.Failure> upgrade(
            Scripts scripts, Catalogue catalogue, Definer definer, int version) {
        return new Upgrade(catalogue, definer).execute(outstanding(scripts, catalogue, version));
    }

    /**
     * Of what was made once, only whole tables and functions are made again. Even CREATE INDEX IF NOT EXISTS would wait for every transaction under way
     * that has stored events.
     */
    private static List<Step> outstanding(Scripts scripts, Catalogue catalogue, int version) {
        Set<String> missing = scripts.upTo(version).stream()
                .map(step -> step.effect().table())
                .distinct()
                .filter(table -> !catalogue.hasTable(table))
                .collect(Collectors.toSet());
        return scripts.all().stream()
                .filter(step -> step.version() > version
                        || step.effect() instanceof Effect.NewFunction
                        || missing.contains(step.effect().table()))
                .toList();
    }
}
