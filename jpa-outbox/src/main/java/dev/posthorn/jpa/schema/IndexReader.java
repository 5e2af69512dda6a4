package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Connections;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the indexes of a table: in the words of the database if it has definitions, or else as JDBC tells them. */
final class IndexReader {

    private final Dialect dialect;
    private final Tables tables;

    IndexReader(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.tables = tables;
    }

    /** Empty if the provider hands no connection over. */
    Optional<List<Index>> read(EntityManager em, String table) {
        return dialect.indexDefinitions()
                .map(query -> Optional.of(defined(em, query, table)))
                .orElseGet(() -> Connections.lend(em, connection -> told(connection, table)));
    }

    private static List<Index> defined(EntityManager em, String query, String table) {
        return Sql.read(em, query).set(1, table).rows().stream()
                .flatMap(row -> defined(row).stream())
                .toList();
    }

    /** What was left half-built is an index of nothing. */
    private static Optional<Index> defined(@Nullable Object[] row) {
        Optional<Index> index = Index.of(Values.text(row[0]));
        return Values.integer(row[1]) > 0
                ? index
                : index.map(half -> new Index(half.name(), half.table(), half.unique(), List.of(), ""));
    }

    private List<Index> told(Connection connection, String table) {
        try {
            DatabaseMetaData meta = connection.getMetaData();
            @Nullable
            String given = tables.schema().isPresent()
                    ? stored(meta, tables.schema().get().replace("`", ""))
                    : null;
            // Where there are no schemas, what is called so is a catalog.
            boolean hasSchemas = meta.supportsSchemasInTableDefinitions();
            String catalog = hasSchemas || given == null ? connection.getCatalog() : given;
            String schema = hasSchemas && given == null ? connection.getSchema() : given;
            try (ResultSet parts = meta.getIndexInfo(
                    catalog, hasSchemas ? schema : null, stored(meta, Tables.unqualified(table)), false, true)) {
                return read(parts, table);
            }
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    private static String stored(DatabaseMetaData meta, String name) throws SQLException {
        return meta.storesUpperCaseIdentifiers()
                ? name.toUpperCase(Locale.ROOT)
                : meta.storesLowerCaseIdentifiers() ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** A row for each column of each index, those of one index together and in their order. */
    private static List<Index> read(ResultSet parts, String table) throws SQLException {
        Map<String, Index> indexes = new LinkedHashMap<>();
        while (parts.next()) {
            String name = parts.getString("INDEX_NAME");
            String column = parts.getString("COLUMN_NAME");
            if (name != null && column != null) {
                String part = "D".equals(parts.getString("ASC_OR_DESC")) ? column + " DESC" : column;
                boolean unique = !parts.getBoolean("NON_UNIQUE");
                indexes.merge(name, new Index(name, table, unique, List.of(part), ""), Index::and);
            }
        }
        return List.copyOf(indexes.values());
    }
}
