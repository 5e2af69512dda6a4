package dev.posthorn.tck.reliability;

import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.server.ServerProcess;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Servers of one application with one database. */
final class Cluster implements AutoCloseable {

    private final List<ServerProcess> nodes = new CopyOnWriteArrayList<>();
    private final String name;

    private Cluster(String name) {
        this.name = name;
    }

    /** Returns when all of them have deployed the application. */
    static Cluster start(String name, TckArchive archive, int size) {
        Cluster cluster = new Cluster(name);
        try {
            cluster.grow(archive, size);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    void grow(TckArchive archive, int by) {
        WebArchive application = archive.build();
        List<ServerProcess> newOnes = IntStream.range(0, by)
                .mapToObj(i ->
                        ServerProcess.of(name + "-" + (nodes.size() + i), application, archive.serverDataSources()))
                .toList();
        nodes.addAll(newOnes);
        ServerProcess.startAll(newOnes);
    }

    /** Adds a node, perhaps of another version. */
    ServerProcess grow(TckArchive archive) {
        grow(archive, 1);
        return nodes.get(nodes.size() - 1);
    }

    int size() {
        return nodes.size();
    }

    ServerProcess node(int index) {
        return nodes.get(index % nodes.size());
    }

    URI url(int index) {
        return node(index).url();
    }

    void remove(ServerProcess node) {
        nodes.remove(node);
        node.close();
    }

    @Override
    public void close() {
        nodes.forEach(ServerProcess::close);
        nodes.clear();
    }
}
