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

/** A local repository with what this build has made in it, and that of this build behind it. */
final class LocalRepository {

    /** The artifacts, and the directories of the checkout that their poms are in. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "posthorn-parent", ".",
            "posthorn-api", "api",
            "posthorn-cdi-extension", "cdi-extension",
            "posthorn-jpa-outbox", "jpa-outbox",
            "posthorn-reactive-messaging-bridge", "reactive-messaging-bridge",
            "posthorn", "posthorn");

    private final Path directory = TckSettings.directory("repository");
    private final String version;

    private LocalRepository(String version) {
        this.version = version;
    }

    static LocalRepository withPosthorn(String version) throws IOException {
        LocalRepository repository = new LocalRepository(version);
        for (Map.Entry<String, String> artifact : ARTIFACTS.entrySet()) {
            repository.install(artifact.getKey(), checkout().resolve(artifact.getValue()));
        }
        return repository;
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

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    List<String> options() {
        return List.of(
                "-Dmaven.repo.local=" + directory,
                "-Dmaven.repo.local.tail=" + BuildProperty.path("tck.local-repository"));
    }
}
