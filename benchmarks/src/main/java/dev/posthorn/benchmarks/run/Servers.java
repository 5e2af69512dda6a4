package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.LoadServer;
import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.benchmarks.run.Scenario.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes under test; all stay up while one of them is measured. */
final class Servers implements AutoCloseable {

    private final Path home;
    private final Path output;
    private final Path data;
    private final List<String> jvmOptions;
    private final Map<Cluster, Nodes> running = new HashMap<>();

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

    /** One node after the other: the first one makes the tables. */
    void start(Cluster cluster, Setting setting, Resources resources) throws IOException {
        List<LoadServer> servers = new ArrayList<>();
        for (int node = 1; node <= cluster.nodes(); node++) {
            String name =
                    "%s-%s-linger%d-%d".formatted(cluster.label(), setting.retention(), setting.lingerMillis(), node);
            Path directory = Files.createDirectories(output.resolve(name));
            List<String> options = new ArrayList<>(jvmOptions);
            options.addAll(cluster.host().jvmOptions(data.resolve(name)));
            servers.add(cluster.host().start(home, directory, setting, resources, options));
        }
        running.put(cluster, new Nodes(servers));
    }

    Nodes of(Cluster cluster) {
        Nodes nodes = running.get(cluster);
        if (nodes == null) {
            throw new IllegalStateException("Nothing runs for '" + cluster.label() + "'");
        }
        return nodes;
    }

    @Override
    public void close() {
        running.values().forEach(Nodes::close);
    }
}
