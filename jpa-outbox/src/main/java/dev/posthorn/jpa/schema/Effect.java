package dev.posthorn.jpa.schema;

import java.util.List;

/** What a statement of a script does to the tables. */
interface Effect {

    /** The table that it is about; empty if it is about none. */
    String table();

    /** Does it to a picture of the tables. */
    default void draw(Shapes shapes) {}

    /** Whether it was done. What can't be told by looking is done again, so it has to be harmless. */
    boolean isDone(Catalogue catalogue);

    /** CREATE TABLE, which may have indexes in it. */
    record NewTable(String table, List<String> columns, List<Index> indexes) implements Effect {

        @Override
        public void draw(Shapes shapes) {
            Shape shape = shapes.of(table);
            columns.forEach(shape::add);
            indexes.forEach(index -> shape.add(Shape.Lookup.index(index)));
        }

        @Override
        public boolean isDone(Catalogue catalogue) {
            return catalogue.hasTable(table);
        }
    }

    /** ALTER TABLE ... ADD COLUMN. */
    record NewColumn(String table, String column) implements Effect {

        @Override
        public void draw(Shapes shapes) {
            shapes.of(table).add(column);
        }

        @Override
        public boolean isDone(Catalogue catalogue) {
            return catalogue.probe(Shape.nameOf(column), table).isEmpty();
        }
    }

    /** ALTER TABLE ... DROP COLUMN. */
    record LostColumn(String table, String name) implements Effect {

        @Override
        public void draw(Shapes shapes) {
            shapes.of(table).removeColumn(name);
        }

        @Override
        public boolean isDone(Catalogue catalogue) {
            return catalogue.probe(name, table).isPresent();
        }
    }

    /** CREATE INDEX, or a constraint that is one. */
    record NewIndex(Shape.Lookup lookup) implements Effect {

        @Override
        public String table() {
            return lookup.index().table();
        }

        @Override
        public void draw(Shapes shapes) {
            shapes.of(table()).add(lookup);
        }

        @Override
        public boolean isDone(Catalogue catalogue) {
            return catalogue.indexes(table()).flatMap(lookup::among).isPresent();
        }
    }

    /** DROP INDEX. */
    record LostIndex(String table, String name) implements Effect {

        @Override
        public void draw(Shapes shapes) {
            shapes.of(table).removeIndex(name);
        }

        @Override
        public boolean isDone(Catalogue catalogue) {
            return catalogue
                    .indexes(table)
                    .filter(indexes -> indexes.stream().noneMatch(index -> index.isCalled(name)))
                    .isPresent();
        }
    }

    /** The entry at the end of a script. */
    record NewVersion(String table, int version) implements Effect {

        @Override
        public boolean isDone(Catalogue catalogue) {
            return catalogue.version() >= version;
        }
    }

    /**
     * CREATE FUNCTION.
     *
     * @param table the one that it reads; empty if it reads none
     * @param signature its name, and the types of its parameters in parentheses
     */
    record NewFunction(String table, String signature) implements Effect {

        @Override
        public boolean isDone(Catalogue catalogue) {
            return catalogue.probeFunction(signature).isEmpty();
        }
    }

    /** A change of rows. */
    record NewRows(String table) implements Effect {

        @Override
        public boolean isDone(Catalogue catalogue) {
            return false;
        }
    }
}
