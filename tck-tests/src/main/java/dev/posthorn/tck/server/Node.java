package dev.posthorn.tck.server;

import dev.posthorn.tck.fixture.TckSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One server process's place in the world.
 *
 * @param home a directory of its own
 * @param archive the application, already there
 * @param httpPort on the loopback interface
 * @param systemProperties what a test wants to be set
 * @param dataSources what the server itself is to define
 * @param takesApplications whether further applications are to be deployed while it runs
 */
public record Node(
        Path home,
        Path archive,
        int httpPort,
        Map<String, String> systemProperties,
        List<ServerDataSource> dataSources,
        boolean takesApplications) {

    /** The application's context path, without the slash. */
    public String context() {
        return context(archive);
    }

    /** That of an application, or of the only web module of an enterprise application. */
    public static String context(Path archive) {
        return archive.getFileName().toString().replaceFirst("\\.[we]ar$", "");
    }

    /** The beginning of a command: Java, small and quick to start, with the system properties. */
    public List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(TckSettings.java());
        command.add("-Xmx512m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        // A fifth of a start; the same classes are verified wherever else they are loaded.
        command.add("-XX:+UnlockDiagnosticVMOptions");
        command.add("-XX:-BytecodeVerificationRemote");
        command.add("-Djava.awt.headless=true");
        if (takesApplications) {
            // What only soft references keep of an application that has gone is garbage.
            command.add("-XX:SoftRefLRUPolicyMSPerMB=0");
        }
        systemProperties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        return command;
    }
}
