package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.LoadServer;
import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.benchmarks.run.Scenario.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The processes under test; all stay up while one of them is measured. */
final class Servers implements AutoCloseable {

    private final Path home;
    private final Path output;
    private final Path data;
    private final List<String> jvmOptions;
    private final Map<Host, LoadServer> running = new EnumMap<>(Host.class);

    /**
     * @param home what the build has put together
     * @param output where logs go
     * @param data where goes what a server keeps on disk
     */
    Servers(Path home, Path output, Path data, List<String> jvmOptions) {
        this.home = home;
        this.output = output;
        this.data = data;
        this.jvmOptions = jvmOptions;
    }

    void start(Host host, Setting setting, Resources resources) throws IOException {
        String name = "%s-%s-linger%d".formatted(host.label(), setting.retention(), setting.lingerMillis());
        Path directory = Files.createDirectories(output.resolve(name));
        List<String> options = new ArrayList<>(jvmOptions);
        options.addAll(host.jvmOptions(data.resolve(name)));
        running.put(host, host.start(home, directory, setting, resources, options));
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
