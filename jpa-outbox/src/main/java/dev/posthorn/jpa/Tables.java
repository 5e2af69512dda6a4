package dev.posthorn.jpa;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the tables are called here. The names become part of SQL: nothing but plain identifiers gets in.
 *
 * @param schema the schema of the tables; if none, that of the connection
 */
record Tables(Optional<String> schema, String outboxName, String nodeName, String channelName, String inboxName) {

    static final String OUTBOX = "posthorn_outbox";
    static final String NODE = "posthorn_node";
    static final String CHANNEL = "posthorn_channel";
    static final String INBOX = "posthorn_inbox";

    static final String IDENTIFIER_RULE =
            "a plain SQL identifier: letters, digits and underscores, no digit first, at most 48 long";

    // Names of indexes are derived from that of the table, and PostgreSQL cuts names at 63 bytes.
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,47}");

    static boolean isIdentifier(String text) {
        return IDENTIFIER.matcher(text).matches();
    }

    /** The same in a schema. */
    Tables in(String other) {
        return new Tables(Optional.of(other), outboxName, nodeName, channelName, inboxName);
    }

    /** The names of those that it takes to publish. */
    List<String> outgoing() {
        return List.of(outboxName, nodeName, channelName);
    }

    /** The names of those that it takes to receive. */
    List<String> incoming() {
        return List.of(inboxName);
    }

    String outbox() {
        return qualified(outboxName);
    }

    String node() {
        return qualified(nodeName);
    }

    String channel() {
        return qualified(channelName);
    }

    String inbox() {
        return qualified(inboxName);
    }

    String qualified(String table) {
        return schema.map(name -> name + "." + table).orElse(table);
    }

    /** The name of an index, which is that of its table without the schema, and what comes behind it. */
    static String index(String table, String suffix) {
        return table.substring(table.lastIndexOf('.') + 1) + suffix;
    }
}
