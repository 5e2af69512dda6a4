package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The DDL of a database: a script for each version of the schema, which brings the tables there from the version before. */
final class Scripts {

    /** Where the scripts are read from. */
    interface Source {

        /** The text of a resource, if there is one. */
        Optional<String> read(String resource);
    }

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*\\R");

    private final List<Step> steps;
    private final int latest;

    private Scripts(List<Step> steps, int latest) {
        this.steps = List.copyOf(steps);
        this.latest = latest;
    }

    /** Those from the source, with the configured names of the tables. */
    static Scripts of(Dialect dialect, Tables tables, Source source) {
        List<Step> steps = new ArrayList<>();
        int version = 0;
        Optional<String> script = source.read(dialect.script(1));
        while (script.isPresent()) {
            version++;
            steps.addAll(steps(version, script.get(), tables));
            script = source.read(dialect.script(version + 1));
        }
        if (version == 0) {
            throw new IllegalStateException("no " + dialect.script(1));
        }
        return new Scripts(steps, version);
    }

    private static List<Step> steps(int version, String script, Tables tables) {
        String sql = new Naming(tables).in(COMMENT.matcher(script).replaceAll(""));
        return Arrays.stream(sql.split(";"))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .map(statement -> Step.of(version, statement, tables))
                .toList();
    }

    /** The scripts in the jar. */
    static Optional<String> inJar(String resource) {
        try (InputStream script = Scripts.class.getResourceAsStream(resource)) {
            return script == null
                    ? Optional.empty()
                    : Optional.of(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version that this Posthorn is made for. */
    int latest() {
        return latest;
    }

    List<Step> all() {
        return steps;
    }

    List<Step> upTo(int version) {
        return steps.stream().filter(step -> step.version() <= version).toList();
    }

    List<Step> after(int version) {
        return steps.stream().filter(step -> step.version() > version).toList();
    }
}
