package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The DDL of a database, with the configured names in place of the default ones. The scripts are the only place that knows the
 * columns: one on each line.
 */
final class Script {

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*\\R");
    private static final Pattern CREATE_TABLE =
            Pattern.compile("(?s)CREATE TABLE (?:IF NOT EXISTS )?(\\S+) \\((.*)\\)[^()]*");

    private static final Pattern INDEX = Pattern.compile("PRIMARY KEY|(UNIQUE )?INDEX ");

    private static final Pattern SIGNATURE = Pattern.compile("FUNCTION (\\S+\\([^)]*\\))");

    private final List<String> statements;

    private Script(List<String> statements) {
        this.statements = statements;
    }

    static Script of(Dialect dialect, Tables tables) {
        String named = read(dialect.script());
        named = rename(named, Tables.OUTBOX, tables.outboxName(), tables.outbox());
        named = rename(named, Tables.SETTLED, tables.settledName(), tables.settled());
        named = rename(named, Tables.NODE, tables.nodeName(), tables.node());
        named = rename(named, Tables.CHANNEL, tables.channelName(), tables.channel());
        named = rename(named, Tables.INBOX, tables.inboxName(), tables.inbox());
        return new Script(Arrays.stream(COMMENT.matcher(named).replaceAll("").split(";"))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList());
    }

    /** What creates the functions that statements call. */
    List<String> functions() {
        return statements.stream()
                .filter(sql -> sql.startsWith("CREATE FUNCTION"))
                .toList();
    }

    /** What creates the functions that read the table. */
    List<String> functions(String table) {
        return creating(table).stream()
                .filter(sql -> sql.startsWith("CREATE OR REPLACE FUNCTION"))
                .toList();
    }

    /** The name of a function, and the types of its parameters in parentheses. */
    static String signature(String function) {
        Matcher signature = SIGNATURE.matcher(function);
        if (!signature.find()) {
            throw new IllegalStateException("no CREATE FUNCTION: " + function);
        }
        return signature.group(1);
    }

    /** What creates the table, its indexes and its functions, each to be executed as it is. */
    List<String> creating(String table) {
        Pattern name = Pattern.compile("(?<![\\w.])" + Pattern.quote(table) + "(?!\\w)");
        return statements.stream().filter(sql -> name.matcher(sql).find()).toList();
    }

    /** The definitions of the table's columns, each starting with its name. */
    List<String> columns(String table) {
        var create = CREATE_TABLE.matcher(creating(table).get(0));
        if (!create.matches()) {
            throw new IllegalStateException("no CREATE TABLE of " + table);
        }
        return create.group(2)
                .lines()
                .map(line -> line.strip().replaceFirst(",$", ""))
                .filter(line -> !line.isEmpty() && !INDEX.matcher(line).lookingAt())
                .toList();
    }

    /** Indexes and functions are called after their table. Indexes belong to its schema without saying so. */
    private static String rename(String script, String defaultName, String name, String qualifiedName) {
        String qualified = Matcher.quoteReplacement(qualifiedName);
        return script.replaceAll("\\b" + defaultName + "\\b", qualified)
                .replaceAll("\\b" + defaultName + "(?=_\\w+\\()", qualified)
                .replaceAll("\\b" + defaultName + "_", name + "_");
    }

    private static String read(String resource) {
        try (InputStream script = Script.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(script, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
