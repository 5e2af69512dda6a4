package dev.posthorn.tck.starter;

import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.TckSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A build of a project that is none of ours, as somebody else would run it. */
final class MavenBuild {

    private static final String PLUGINS = "<plugins>";

    private static final String NO_KNOWN_VULNERABILITY =
            """
            <plugins>
              <plugin>
                <artifactId>maven-enforcer-plugin</artifactId>
                <version>3.6.2</version>
                <executions>
                  <execution>
                    <goals><goal>enforce</goal></goals>
                    <configuration><rules><externalRules>
                      <location>%s</location>
                    </externalRules></rules></configuration>
                  </execution>
                </executions>
              </plugin>
            """;

    private final Path project;
    private final Path log;

    MavenBuild(Path project, Path log) {
        this.project = project;
        this.log = log;
    }

    static Path wrapper() {
        return LocalRepository.checkout().resolve("mvnw");
    }

    /** Has the build fail, as that of Posthorn would, if a dependency has a known vulnerability. */
    void refuseKnownVulnerabilities() throws IOException {
        Path pom = project.resolve("pom.xml");
        Path rule = LocalRepository.checkout().resolve(".mvn/known-vulnerabilities.xml");
        String plugins = NO_KNOWN_VULNERABILITY.formatted(rule);
        String before = Files.readString(pom);
        int place = before.indexOf(PLUGINS);
        Files.writeString(pom, before.substring(0, place) + plugins + before.substring(place + PLUGINS.length()));
    }

    void run(Path maven, String javaHome, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(maven.toString(), "-B", "-ntp"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
        // What the outer build was told is not meant for this one.
        builder.environment().remove("MAVEN_ARGS");
        builder.environment().put("JAVA_HOME", javaHome);
        ChildProcess process = ChildProcess.start(builder, log);
        Awaitility.await("build").atMost(TckSettings.patience().multipliedBy(4)).until(() -> !process.isAlive());
        if (!process.log().contains("BUILD SUCCESS")) {
            throw new IllegalStateException(project + " can't be built:\n" + process.logTail());
        }
    }
}
