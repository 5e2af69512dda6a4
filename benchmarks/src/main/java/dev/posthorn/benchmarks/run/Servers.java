package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.LoadServer;
import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.benchmarks.run.Scenario.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The processes under test; all stay up while one of them is measured. */
final class Servers implements AutoCloseable {

    private final Path home;
    private final Path output;
    private final List<String> jvmOptions;
    private final Map<Host, LoadServer> running = new EnumMap<>(Host.class);

    /**
     * @param home what the build has put together
     * @param output where logs go
     */
    Servers(Path home, Path output, List<String> jvmOptions) {
        this.home = home;
        this.output = output;
        this.jvmOptions = jvmOptions;
    }

    void start(Host host, Setting setting, Resources resources) throws IOException {
        Path directory = Files.createDirectories(
                output.resolve("%s-%s-linger%d".formatted(host.label(), setting.retention(), setting.lingerMillis())));
        running.put(host, host.start(home, directory, setting, resources, jvmOptions));
    }

    LoadServer of(Variant variant) {
        LoadServer server = running.get(variant.host);
        if (server == null) {
            throw new IllegalStateException("Nothing runs for '" + variant.label() + "'");
        }
        return server;
    }

    @Override
    public void close() {
        running.values().forEach(LoadServer::close);
    }
}
