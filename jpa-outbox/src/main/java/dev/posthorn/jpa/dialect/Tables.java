package dev.posthorn.jpa.dialect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the tables are called here. The names become part of SQL: nothing but plain identifiers gets in.
 *
 * @param schema the schema of the tables; if none, that of the connection
 */
public record Tables(
        Optional<String> schema,
        String outboxName,
        String settledName,
        String nodeName,
        String channelName,
        String inboxName,
        String versionName) {

    public static final String OUTBOX = "posthorn_outbox";
    public static final String SETTLED = "posthorn_settled";
    public static final String NODE = "posthorn_node";
    public static final String CHANNEL = "posthorn_channel";
    public static final String INBOX = "posthorn_inbox";
    public static final String VERSION = "posthorn_version";

    public static final String IDENTIFIER_RULE =
            "a plain SQL identifier: letters, digits and underscores, no digit first, at most 48 long";

    // Names of indexes are derived from that of the table, and PostgreSQL cuts names at 63 bytes.
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,47}");

    public static boolean isIdentifier(String text) {
        return IDENTIFIER.matcher(text).matches();
    }

    /** The same in a schema. */
    public Tables in(String other) {
        return new Tables(Optional.of(other), outboxName, settledName, nodeName, channelName, inboxName, versionName);
    }

    /** The names of those that it takes to publish. */
    public List<String> outgoing() {
        return List.of(outboxName, settledName, nodeName, channelName);
    }

    /** The names of those that it takes to receive. */
    public List<String> incoming() {
        return List.of(inboxName);
    }

    /** The names of all, in the order in which they are created. */
    public List<String> all() {
        return Stream.of(outgoing(), incoming(), List.of(versionName))
                .flatMap(List::stream)
                .toList();
    }

    public String outbox() {
        return qualified(outboxName);
    }

    public String settled() {
        return qualified(settledName);
    }

    public String node() {
        return qualified(nodeName);
    }

    public String channel() {
        return qualified(channelName);
    }

    public String inbox() {
        return qualified(inboxName);
    }

    public String version() {
        return qualified(versionName);
    }

    public String qualified(String table) {
        return schema.map(name -> name + "." + table).orElse(table);
    }

    /** The name of an index, which is that of its table without the schema, and what comes behind it. */
    public static String index(String table, String suffix) {
        return unqualified(table) + suffix;
    }

    public static String unqualified(String table) {
        return table.substring(table.lastIndexOf('.') + 1);
    }
}
