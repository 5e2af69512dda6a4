package dev.posthorn.tck.reliability;

import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fixture.FileTree;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.BuildProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Posthorn with a few lines changed for the worse. They are compiled from their sources and put into the application, where they take
 * the place of the classes in the jar, so that production code needs no hooks for this.
 *
 * @param caughtAs what the checker has to say, one of it at least
 * @param needsFaults whether it does its harm only when something happens
 */
record Sabotage(String name, Set<Violation> caughtAs, boolean needsFaults, List<Change> changes) {

    private static final String SOURCES = "src/main/java/dev/posthorn/";

    /**
     * @param module its directory
     * @param file relative to the package {@code dev.posthorn}
     * @param original what stands there exactly once
     */
    record Change(String module, String file, String original, String replacement) {

        private Path source() {
            return source(BuildProperty.path("tck.sources"));
        }

        Path source(Path root) {
            return root.resolve(module).resolve(SOURCES + file);
        }

        String apply(String source) {
            int at = source.indexOf(original);
            if (at < 0 || source.indexOf(original, at + 1) >= 0) {
                throw new IllegalStateException("Not exactly once in " + file + ", adapt it: " + original);
            }
            return source.replace(original, replacement);
        }
    }

    TckArchive addTo(TckArchive archive) {
        Path scratch = TckSettings.directory("broken");
        FileTree.delete(scratch);
        Path classes = TckSettings.directory("broken/classes");
        try {
            compile(mutatedSources(), classes);
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path each : files.filter(Files::isRegularFile).toList()) {
                    archive.withFile(classes.relativize(each).toString(), Files.readAllBytes(each));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive;
    }

    /** Several changes may be of one file. */
    private List<Path> mutatedSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Change each : changes) {
            Path mutated = TckSettings.directory("broken/" + each.module() + "/"
                            + Path.of(each.file()).getParent())
                    .resolve(each.source().getFileName());
            if (!sources.contains(mutated)) {
                Files.copy(each.source(), mutated);
                sources.add(mutated);
            }
            Files.writeString(mutated, each.apply(Files.readString(mutated)));
        }
        return sources;
    }

    private static void compile(List<Path> sources, Path classes) {
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp"));
        arguments.add(System.getProperty("java.class.path"));
        sources.forEach(each -> arguments.add(each.toString()));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, System.out, System.err, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("What is broken on purpose does not compile");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
