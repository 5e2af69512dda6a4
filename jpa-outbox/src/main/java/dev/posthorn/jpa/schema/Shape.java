package dev.posthorn.jpa.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a table should have. */
final class Shape {

    /**
     * An index that statements look rows up in.
     *
     * @param isConstraint whether it comes with a constraint: the database calls it as it likes then, and Derby does not say that it
     *     is unique, since rows without a value do not count
     * @param create the statement that makes it
     */
    record Lookup(Index index, boolean isConstraint, String create) {

        static Lookup index(Index index) {
            return new Lookup(index, false, index.create());
        }

        static Lookup constraint(Index index, String create) {
            return new Lookup(index, true, create);
        }

        /** The one that stands in its place, if there is one. */
        Optional<Index> among(List<Index> indexes) {
            return indexes.stream()
                    .filter(other -> isConstraint ? index.hasColumnsOf(other) : index.isCalled(other.name()))
                    .findFirst();
        }

        boolean isMetBy(Index other) {
            return isConstraint ? index.hasColumnsOf(other) : index.holdsTheSame(other);
        }
    }

    private final List<String> columns = new ArrayList<>();
    private final List<Lookup> lookups = new ArrayList<>();

    static String nameOf(String column) {
        return column.substring(0, column.indexOf(' '));
    }

    void add(String column) {
        columns.add(column);
    }

    void removeColumn(String name) {
        columns.removeIf(column -> nameOf(column).equalsIgnoreCase(name));
    }

    void add(Lookup lookup) {
        lookups.add(lookup);
    }

    void removeIndex(String name) {
        lookups.removeIf(lookup -> lookup.index().isCalled(name));
    }

    /** What this shape and another one have in common. */
    Shape and(Shape other) {
        Set<String> names = other.columns.stream().map(Shape::nameOf).collect(Collectors.toSet());
        Shape common = new Shape();
        columns.stream().filter(column -> names.contains(nameOf(column))).forEach(common::add);
        lookups.stream().filter(other.lookups::contains).forEach(common::add);
        return common;
    }

    /** The definitions of its columns, each starting with its name. */
    List<String> columns() {
        return columns;
    }

    List<Lookup> lookups() {
        return lookups;
    }
}
