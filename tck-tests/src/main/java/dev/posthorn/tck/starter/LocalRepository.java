package dev.posthorn.tck.starter;

import dev.posthorn.tck.archive.ClassPathJars;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.BuildProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A local repository with what this build has made, as if it were installed. What else a build needs comes from this build's own
 * repository: Maven looks there too or, before 3.9, finds links to it.
 */
final class LocalRepository {

    /** The artifacts, and the directories of the checkout that their poms are in. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "posthorn-parent", ".",
            "posthorn-api", "api",
            "posthorn-cdi-extension", "cdi-extension",
            "posthorn-jpa-outbox", "jpa-outbox",
            "posthorn-reactive-messaging-bridge", "reactive-messaging-bridge",
            "posthorn", "posthorn");

    private static final Pattern API = Pattern.compile("posthorn-api-(.*)\\.jar");

    private static final Path OUTER = BuildProperty.path("tck.local-repository");

    private final Path directory;
    private final String version = version();

    private LocalRepository(String name) throws IOException {
        directory = Files.createDirectories(TckSettings.directory(name));
    }

    static LocalRepository withPosthorn() throws IOException {
        return installed("repository");
    }

    /** For a Maven before 3.9. Posthorn alone is no link, so that nothing is installed in the other repository. */
    static LocalRepository inOne() throws IOException {
        LocalRepository repository = installed("repository-of-links");
        Path own = Path.of("dev");
        repository.link(Path.of(""), own);
        repository.link(own, own.resolve("posthorn"));
        return repository;
    }

    private static LocalRepository installed(String name) throws IOException {
        LocalRepository repository = new LocalRepository(name);
        for (Map.Entry<String, String> artifact : ARTIFACTS.entrySet()) {
            repository.install(artifact.getKey(), checkout().resolve(artifact.getValue()));
        }
        return repository;
    }

    private static String version() {
        return Stream.of(ClassPathJars.posthorn())
                .map(jar -> API.matcher(jar.getName()))
                .filter(Matcher::matches)
                .map(name -> name.group(1))
                .findAny()
                .orElseThrow();
    }

    static Path checkout() {
        return BuildProperty.path("tck.sources");
    }

    private void install(String artifact, Path module) throws IOException {
        Path place = Files.createDirectories(
                directory.resolve("dev/posthorn").resolve(artifact).resolve(version));
        copy(module.resolve("pom.xml"), place.resolve("%s-%s.pom".formatted(artifact, version)));
        for (var jar : ClassPathJars.posthorn()) {
            if (jar.getName().equals("%s-%s.jar".formatted(artifact, version))) {
                copy(jar.toPath(), place.resolve(jar.getName()));
            }
        }
    }

    private void link(Path parent, Path except) throws IOException {
        Path other = OUTER.resolve(parent);
        if (!Files.isDirectory(other)) {
            return;
        }
        try (Stream<Path> children = Files.list(other)) {
            for (Path child : children.toList()) {
                Path name = OUTER.relativize(child);
                if (!name.equals(except) && Files.notExists(directory.resolve(name))) {
                    Files.createSymbolicLink(directory.resolve(name), child);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    List<String> options() {
        return List.of(
                "-Dposthorn.version=" + version, "-Dmaven.repo.local=" + directory, "-Dmaven.repo.local.tail=" + OUTER);
    }

    String option() {
        return "-Dmaven.repo.local=" + directory;
    }
}
