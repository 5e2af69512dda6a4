package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.dialect.Tables;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the configured names in place of the default ones. */
final class Naming {

    private static final List<String> DEFAULTS =
            List.of(Tables.OUTBOX, Tables.SETTLED, Tables.NODE, Tables.CHANNEL, Tables.INBOX, Tables.VERSION);

    /** The name of a table, or what the name of a function or of an index begins with. */
    private static final Pattern NAME = Pattern.compile("\\b(" + String.join("|", DEFAULTS) + ")(\\b|_\\w+\\(|_)");

    private final Tables tables;
    private final Map<String, String> names;

    Naming(Tables tables) {
        this.tables = tables;
        this.names = Map.of(
                Tables.OUTBOX, tables.outboxName(),
                Tables.SETTLED, tables.settledName(),
                Tables.NODE, tables.nodeName(),
                Tables.CHANNEL, tables.channelName(),
                Tables.INBOX, tables.inboxName(),
                Tables.VERSION, tables.versionName());
    }

    /** Indexes and functions are called after their table. Indexes belong to its schema without saying so. */
    String in(String sql) {
        return NAME.matcher(sql).replaceAll(match -> {
            String name = names.getOrDefault(match.group(1), match.group(1));
            boolean ofIndex = match.group(2).equals("_");
            return Matcher.quoteReplacement((ofIndex ? name : tables.qualified(name)) + match.group(2));
        });
    }
}
