package dev.posthorn.tck.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One server process's place in the world.
 *
 * @param home a directory of its own
 * @param archive the application, already there
 * @param httpPort on the loopback interface
 * @param systemProperties what a test wants to be set
 */
public record Node(Path home, Path archive, int httpPort, Map<String, String> systemProperties) {

    /** The application's context path, without the slash. */
    public String context() {
        return archive.getFileName().toString().replaceFirst("\\.war$", "");
    }

    public Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** As options of the JVM. */
    public List<String> systemPropertyOptions() {
        return systemProperties.entrySet().stream()
                .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                .toList();
    }
}
