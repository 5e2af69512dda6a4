package dev.posthorn.tck.server;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What is particular about one kind of server. Each server's module provides one by {@link ServiceLoader}. */
public interface Server {

    /** The one that this module tests. */
    static Server underTest() {
        List<Server> servers = ServiceLoader.load(Server.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (servers.size() != 1) {
            throw new IllegalStateException("One server must be on the class path, not " + servers);
        }
        return servers.get(0);
    }

    /** Adds what an application needs on this server, without its tests knowing. */
    void extend(WebArchive archive);

    /** The connector to Kafka that a channel names on this server. */
    String kafkaConnector();

    /** Writes what the server needs into the node's home; called once, restarts find it there. */
    void install(Node node);

    List<String> command(Node node);

    default Map<String, String> environment(Node node) {
        return Map.of();
    }

    /** What the log of a start says so far; a server may well be "ready" without its application. */
    Progress progress(String log);

    enum Progress {
        STARTING,
        DEPLOYED,
        FAILED
    }
}
