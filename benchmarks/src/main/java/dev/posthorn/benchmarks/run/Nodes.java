package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.LoadRequest;
import dev.posthorn.benchmarks.load.LoadResult;
import dev.posthorn.benchmarks.machine.LoadServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The running processes of a {@link Cluster}, which share each load. */
final class Nodes implements AutoCloseable {

    /** In which each of them makes its events and collects its garbage, so that all begin at the same time. */
    private static final Duration PREPARATION = Duration.ofSeconds(1);

    private final List<LoadServer> servers;

    Nodes(List<LoadServer> servers) {
        this.servers = List.copyOf(servers);
    }

    int count() {
        return servers.size();
    }

    List<Long> pids() {
        return servers.stream().map(LoadServer::pid).toList();
    }

    /** Returns when all transactions of all nodes have ended. */
    LoadResult load(LoadRequest request) throws Exception {
        return count() == 1 ? servers.get(0).load(request) : loadAll(request);
    }

    private LoadResult loadAll(LoadRequest request) throws Exception {
        List<LoadRequest> parts = request.shared(count(), System.nanoTime() + PREPARATION.toNanos());
        ExecutorService threads = Executors.newFixedThreadPool(parts.size());
        try {
            List<LoadResult> results = new ArrayList<>();
            for (Future<LoadResult> part : threads.invokeAll(loads(parts))) {
                results.add(part.get());
            }
            return LoadResult.together(results);
        } finally {
            threads.shutdown();
        }
    }

    private List<Callable<LoadResult>> loads(List<LoadRequest> parts) {
        return IntStream.range(0, parts.size())
                .<Callable<LoadResult>>mapToObj(node -> () -> servers.get(node).load(parts.get(node)))
                .toList();
    }

    /** Returns when the variant's relay has started, or is about to stop, on all of them. */
    void relay(String variant, boolean on) throws IOException, InterruptedException {
        for (LoadServer server : servers) {
            server.relay(variant, on);
        }
    }

    /** How many bytes the threads of all of them have allocated up to now. */
    long allocated() throws IOException, InterruptedException {
        long sum = 0;
        for (LoadServer server : servers) {
            sum += server.allocated();
        }
        return sum;
    }

    @Override
    public void close() {
        servers.forEach(LoadServer::close);
    }
}
