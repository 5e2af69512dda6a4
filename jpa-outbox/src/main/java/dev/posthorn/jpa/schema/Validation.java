package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.log.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the tables with the scripts. */
final class Validation {

    private static final Log LOG = Log.of("dev.posthorn.jpa.Schema");

    private static final String ADD_COLUMN = "ALTER TABLE %s ADD COLUMN %s;";

    /** Both ways look at the version, and one of them tells. */
    private static final AtomicInteger NEWER_TOLD = new AtomicInteger();

    private final Dialect dialect;
    private final Tables tables;
    private final Scripts scripts;
    private final Catalogue catalogue;

    Validation(Dialect dialect, Tables tables, Scripts scripts, Catalogue catalogue) {
        this.dialect = dialect;
        this.tables = tables;
        this.scripts = scripts;
        this.catalogue = catalogue;
    }

    static String text(List<Step> steps) {
        return steps.stream().map(Step::text).collect(Collectors.joining("\n"));
    }

    /** What the tables with these names lack, each with the remedy. */
    List<String> problems(List<String> names) {
        int version = catalogue.version();
        List<String> used = names.stream().map(tables::qualified).toList();
        return version == 0 ? withoutVersion(used) : ofVersion(version, used);
    }

    /** Tables of these names that are others': the application's, or those from before there were versions. */
    List<String> foreignTables() {
        Shapes shapes = Shapes.after(scripts.upTo(1));
        return tables.all().stream()
                .map(tables::qualified)
                .filter(table -> catalogue.probe("1", table).isEmpty())
                .flatMap(table -> foreign(table, shapes.of(table).columns()).stream())
                .toList();
    }

    private Optional<String> foreign(String table, List<String> columns) {
        List<String> missing = List.copyOf(missing(table, columns).keySet());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        isOthers(missing, columns)
                                ? Problems.notOurs(table, missing)
                                : Problems.beforeVersions(table, missing));
    }

    /** A table that lacks most of them is somebody else's: the cure would ruin it. */
    private static boolean isOthers(List<String> missing, List<String> columns) {
        return missing.size() > columns.size() / 2;
    }

    /** Where no version was entered, all of it has to be there before one is. */
    private List<String> withoutVersion(List<String> used) {
        List<String> foreign = foreignTables();
        if (!foreign.isEmpty()) {
            return foreign;
        }
        String ddl = text(notDone(scripts.all()));
        Map<String, RuntimeException> unreadable = new LinkedHashMap<>();
        Stream.concat(used.stream(), Stream.of(tables.version()))
                .forEach(table -> catalogue.probe("1", table).ifPresent(failure -> unreadable.put(table, failure)));
        return unreadable.isEmpty()
                ? List.of(Problems.older(0, scripts.latest(), ddl))
                : List.of(Problems.tablesMissing(
                        List.copyOf(unreadable.keySet()),
                        unreadable.values().iterator().next(),
                        ddl));
    }

    private List<String> ofVersion(int version, List<String> used) {
        tellNewer(version);
        // What a later version does without may be gone already, if its script has ended halfway.
        Shapes here = Shapes.after(scripts.upTo(version));
        Shapes needed = Shapes.after(scripts.all());
        List<String> problems = new ArrayList<>();
        used.forEach(table -> problems.addAll(ofTable(table, here.of(table).and(needed.of(table)), version)));
        problems.addAll(ofFunctions("", version));
        if (version < scripts.latest()) {
            problems.add(Problems.older(version, scripts.latest(), text(notDone(scripts.after(version)))));
        }
        return problems;
    }

    private void tellNewer(int version) {
        if (version > scripts.latest() && NEWER_TOLD.getAndSet(version) != version) {
            LOG.log(
                    Level.INFO,
                    "POSTHORN-JPA-20: The tables have version {0} of the schema, and this Posthorn was made for version {1}. It works with"
                            + " what it knows of them.",
                    version,
                    scripts.latest());
        }
    }

    private List<String> ofFunctions(String table, int version) {
        return making(table, version).stream()
                .filter(step -> step.effect() instanceof Effect.NewFunction)
                .flatMap(step -> functionMissing(step, (Effect.NewFunction) step.effect()).stream())
                .toList();
    }

    private Optional<String> functionMissing(Step step, Effect.NewFunction function) {
        return catalogue
                .probeFunction(function.signature())
                .map(failure -> Problems.functionMissing(function.signature(), failure, step.text()));
    }

    private List<Step> notDone(List<Step> steps) {
        return steps.stream().filter(step -> !step.effect().isDone(catalogue)).toList();
    }

    private List<String> ofTable(String table, Shape shape, int version) {
        String all = shape.columns().stream().map(Shape::nameOf).collect(Collectors.joining(", "));
        if (catalogue.probe(all, table).isEmpty()) {
            // A later version may have other indexes.
            List<String> ofIndexes = version > scripts.latest() ? List.of() : ofIndexes(table, shape);
            return Stream.concat(ofIndexes.stream(), ofFunctions(table, version).stream())
                    .toList();
        }
        return catalogue
                .probe("1", table)
                .map(failure -> List.of(Problems.tablesMissing(List.of(table), failure, text(making(table, version)))))
                .orElseGet(() -> ofColumns(table, shape.columns()));
    }

    private List<Step> making(String table, int version) {
        return scripts.upTo(version).stream()
                .filter(step -> step.effect().table().equals(table))
                .toList();
    }

    private List<String> ofColumns(String table, List<String> columns) {
        Map<String, RuntimeException> missing = missing(table, columns);
        List<String> names = List.copyOf(missing.keySet());
        return isOthers(names, columns)
                ? List.of(Problems.notOurs(table, names))
                : columns.stream()
                        .filter(column -> missing.containsKey(Shape.nameOf(column)))
                        .map(column -> Problems.columnMissing(
                                table,
                                Shape.nameOf(column),
                                Objects.requireNonNull(missing.get(Shape.nameOf(column))),
                                ADD_COLUMN.formatted(table, dialect.added(column))))
                        .toList();
    }

    private Map<String, RuntimeException> missing(String table, List<String> columns) {
        Map<String, RuntimeException> missing = new LinkedHashMap<>();
        columns.stream()
                .map(Shape::nameOf)
                .forEach(name -> catalogue.probe(name, table).ifPresent(failure -> missing.put(name, failure)));
        return missing;
    }

    private List<String> ofIndexes(String table, Shape shape) {
        return catalogue.indexes(table).stream()
                .flatMap(there -> shape.lookups().stream().flatMap(lookup -> problem(lookup, there).stream()))
                .toList();
    }

    private Optional<String> problem(Shape.Lookup lookup, List<Index> there) {
        Index index = lookup.index();
        String create = dialect.concurrently(lookup.create()) + ";";
        Optional<Index> other = lookup.among(there);
        if (other.isEmpty()) {
            return Optional.of(Problems.indexMissing(index.name(), index.table(), create));
        }
        if (lookup.isMetBy(other.get())) {
            return Optional.empty();
        }
        String drop = dialect.concurrently(dialect.dropIndex(index.name(), index.table())) + ";";
        return Optional.of(Problems.indexWrong(
                index.name(), index.table(), other.get().content(), index.content(), drop + "\n" + create));
    }
}
