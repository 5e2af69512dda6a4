package dev.posthorn.jpa.config;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.SupportedDatabase;
import dev.posthorn.jpa.dialect.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What Config says of the tables.
 *
 * @param dialect the database, if it need not be asked
 * @param problems values that are not allowed; defaults stand in their place
 */
public record StoreConfig(Optional<Dialect> dialect, SchemaMode schemaMode, Tables tables, List<String> problems) {

    public static final String DATABASE = "posthorn.database";
    public static final String SCHEMA_MODE = "posthorn.schema";
    public static final String OUTBOX_TABLE = "posthorn.table.outbox";
    public static final String SETTLED_TABLE = "posthorn.table.settled";
    public static final String NODE_TABLE = "posthorn.table.node";
    public static final String CHANNEL_TABLE = "posthorn.table.channel";
    public static final String INBOX_TABLE = "posthorn.table.inbox";
    public static final String VERSION_TABLE = "posthorn.table.version";
    public static final String TABLE_SCHEMA = "posthorn.table.schema";

    public StoreConfig {
        problems = List.copyOf(problems);
    }

    /** Reads from what answers keys with values, such as MicroProfile Config. */
    public static StoreConfig read(Function<String, Optional<String>> values) {
        Reader reader = new Reader(values, new ArrayList<>());
        Optional<SupportedDatabase> database = reader.choice(DATABASE, SupportedDatabase.class);
        SchemaMode schemaMode = reader.choice(SCHEMA_MODE, SchemaMode.class).orElse(SchemaMode.VALIDATE);
        Tables tables = new Tables(
                reader.identifier(TABLE_SCHEMA),
                reader.identifier(OUTBOX_TABLE).orElse(Tables.OUTBOX),
                reader.identifier(SETTLED_TABLE).orElse(Tables.SETTLED),
                reader.identifier(NODE_TABLE).orElse(Tables.NODE),
                reader.identifier(CHANNEL_TABLE).orElse(Tables.CHANNEL),
                reader.identifier(INBOX_TABLE).orElse(Tables.INBOX),
                reader.identifier(VERSION_TABLE).orElse(Tables.VERSION));
        reader.requireDifferent(Map.of(
                OUTBOX_TABLE, tables.outboxName(),
                SETTLED_TABLE, tables.settledName(),
                NODE_TABLE, tables.nodeName(),
                CHANNEL_TABLE, tables.channelName(),
                INBOX_TABLE, tables.inboxName(),
                VERSION_TABLE, tables.versionName()));
        return new StoreConfig(database.map(SupportedDatabase::dialect), schemaMode, tables, reader.problems);
    }

    /** The databases that can be named. */
    static String databases() {
        return "one of " + Reader.names(SupportedDatabase.class);
    }

    private record Reader(Function<String, Optional<String>> values, List<String> problems) {

        <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
            Optional<String> text = values.apply(key);
            Optional<E> choice = text.flatMap(value -> Arrays.stream(type.getEnumConstants())
                    .filter(constant -> name(constant).equals(value.strip().toLowerCase(Locale.ROOT)))
                    .findAny());
            if (text.isPresent() && choice.isEmpty()) {
                problems.add(Problems.notAllowed(key, text.get(), "one of " + names(type)));
            }
            return choice;
        }

        Optional<String> identifier(String key) {
            Optional<String> text = values.apply(key).map(String::strip);
            if (text.isPresent() && !Tables.isIdentifier(text.get())) {
                problems.add(Problems.notAllowed(key, text.get(), Tables.IDENTIFIER_RULE));
                return Optional.empty();
            }
            return text;
        }

        /** Databases take upper and lower case for the same, most of them. */
        void requireDifferent(Map<String, String> tables) {
            Map<String, List<String>> keysOfName = new TreeMap<>();
            new TreeMap<>(tables).forEach((key, name) -> keysOfName
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                    .add(key));
            keysOfName.forEach((name, keys) -> {
                if (keys.size() > 1) {
                    problems.add(Problems.oneNameForSeveralTables(name, keys));
                }
            });
        }

        private static String names(Class<? extends Enum<?>> type) {
            return Arrays.stream(type.getEnumConstants()).map(Reader::name).collect(Collectors.joining(", "));
        }

        private static String name(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }
}
