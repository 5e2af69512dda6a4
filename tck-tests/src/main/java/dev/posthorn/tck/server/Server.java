package dev.posthorn.tck.server;

import dev.posthorn.tck.app.KafkaSender;
import dev.posthorn.tck.app.ProducerRecordSender;
import dev.posthorn.tck.app.SmallRyeMetadataSender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
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

    /** The build's name for it: a Maven profile, also of the example that users copy. */
    String mavenProfile();

    /** How a user starts that example, which is built; {@code HTTP_PORT} and {@code JAVA_HOME} are in the environment. */
    List<String> starterCommand(Path project, int httpPort) throws IOException;

    /** Adds what an application needs on this server, without its tests knowing. */
    void extend(WebArchive archive);

    /** Adds what an enterprise application needs on this server, if a web application in it has what {@link #extend(WebArchive)} adds. */
    default void extend(EnterpriseArchive archive) {}

    /** The connector to Kafka that a channel names on this server. */
    String kafkaConnector();

    /** The ways in which a record can be given key and headers on this server. */
    default List<Class<? extends KafkaSender>> kafkaSenders() {
        return List.of(ProducerRecordSender.class, SmallRyeMetadataSender.class);
    }

    /** Where it answers at {@code /health} as MicroProfile Health says. */
    default int healthPort(int httpPort) {
        return httpPort;
    }

    /** Writes what the server needs into the node's home; called before every start, so it may find its own work. */
    void prepare(Node node) throws IOException;

    List<String> command(Node node);

    /** Whether it deploys EARs. */
    default boolean takesEnterpriseApplications() {
        return true;
    }

    /** Whether a data source that an application defines drops connections that are broken. */
    default boolean validatesApplicationDataSources() {
        return true;
    }

    /** Whether {@code java:comp/DefaultDataSource} takes part in every transaction, up to its end. */
    default boolean enlistsDefaultDataSource() {
        return true;
    }

    /** The class of Hibernate that knows this server's transactions; none if Hibernate is the server's own JPA provider. */
    Optional<String> hibernateJtaPlatform();

    /** Where applications find a data source that the server defines. */
    default String dataSource(String name) {
        return "jdbc/" + name;
    }

    /** Asks a server that runs, and takes applications, to deploy one more. */
    void deploy(Node node, Path archive) throws IOException;

    /** Asks it to undeploy one that was deployed so. */
    void undeploy(Node node, Path archive) throws IOException;

    /** What the log says of that application since it was asked for. */
    Progress progress(Path archive, String log);

    /** Whether the log says, since that was asked for, that the application is gone. */
    boolean isUndeployed(Path archive, String log);

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
