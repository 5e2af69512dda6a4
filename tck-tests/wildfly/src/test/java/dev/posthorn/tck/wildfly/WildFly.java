package dev.posthorn.tck.wildfly;

import dev.posthorn.tck.fixture.FileTree;
import dev.posthorn.tck.server.BuildProperty;
import dev.posthorn.tck.server.Node;
import dev.posthorn.tck.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** WildFly has Reactive Messaging in a subsystem; nodes share the installation and have a base directory each. */
public final class WildFly implements Server {

    private static final int STANDARD_HTTP_PORT = 8080;

    /** By its standard, an offset could carry it to where the system takes ports from, for clients. */
    private static final String MANAGEMENT_NEXT_TO_HTTP = "-Djboss.management.http.port=" + (STANDARD_HTTP_PORT + 1);

    /** What the start script gives the JVM; the script itself would be one more process between us and the server. */
    private static final List<String> OPEN_PACKAGES = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.net",
            "java.base/java.security",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.management/javax.management",
            "java.naming/javax.naming");

    @Override
    public String mavenProfile() {
        return "wildfly";
    }

    @Override
    public List<String> starterCommand(Path project, int httpPort) {
        return List.of(
                "target/server/bin/standalone.sh",
                MANAGEMENT_NEXT_TO_HTTP,
                "-Djboss.socket.binding.port-offset=" + (httpPort - STANDARD_HTTP_PORT));
    }

    @Override
    public Optional<String> hibernateJtaPlatform() {
        return Optional.empty();
    }

    @Override
    public void extend(WebArchive archive) {
        // Everything that an application needs is in the server.
    }

    /** Channels are connected in the name of the whole, which has Kafka's classes only if its libraries use Reactive Messaging. */
    @Override
    public void extend(EnterpriseArchive archive) {
        archive.addAsManifestResource(
                new StringAsset(
                        """
                        <jboss-deployment-structure xmlns="urn:jboss:deployment-structure:1.3">
                          <deployment>
                            <dependencies>
                              <module name="org.apache.kafka.client"/>
                            </dependencies>
                          </deployment>
                        </jboss-deployment-structure>
                        """),
                "jboss-deployment-structure.xml");
    }

    @Override
    public boolean validatesApplicationDataSources() {
        return false;
    }

    /** That of its management. */
    @Override
    public int healthPort(int httpPort) {
        return httpPort + 1;
    }

    @Override
    public String kafkaConnector() {
        return "smallrye-kafka";
    }

    @Override
    public void prepare(Node node) throws IOException {
        if (!Files.exists(base(node))) {
            FileTree.copy(home().resolve("standalone"), base(node));
            addDeployment(node);
            if (node.takesApplications()) {
                WildFlySettings.change(configuration(node), node.dataSources());
            }
        }
    }

    /** Part of the configuration, it is deployed while the server boots, and a failure makes the boot fail. */
    private static void addDeployment(Node node) throws IOException {
        Path configuration = configuration(node);
        String deployments =
                """
                </socket-binding-group>
                    <deployments>
                        <deployment name="%1$s" runtime-name="%1$s">
                            <fs-archive path="%2$s"/>
                        </deployment>
                    </deployments>"""
                        .formatted(node.archive().getFileName(), node.archive());
        Files.writeString(
                configuration, Files.readString(configuration).replace("</socket-binding-group>", deployments));
    }

    @Override
    public List<String> command(Node node) {
        List<String> command = node.java();
        OPEN_PACKAGES.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.add("-Dlogging.configuration="
                + base(node).resolve("configuration/logging.properties").toUri());
        command.add("-Dorg.jboss.boot.log.file=" + base(node).resolve("log/server.log"));
        command.add("-Djboss.home.dir=" + home());
        command.add("-Djboss.server.base.dir=" + base(node));
        command.add("-Djboss.tx.node.id=" + node.httpPort());
        command.add(MANAGEMENT_NEXT_TO_HTTP);
        command.add("-Djboss.socket.binding.port-offset=" + (node.httpPort() - STANDARD_HTTP_PORT));
        command.addAll(List.of("-jar", home().resolve("jboss-modules.jar").toString()));
        command.addAll(List.of("-mp", home().resolve("modules").toString(), "org.jboss.as.standalone"));
        return command;
    }

    @Override
    public Progress progress(String log) {
        if (log.contains("WFLYSRV0025")) {
            return Progress.DEPLOYED;
        }
        return log.contains("WFLYSRV0026") ? Progress.FAILED : Progress.STARTING;
    }

    @Override
    public String dataSource(String name) {
        return WildFlySettings.dataSource(name);
    }

    /** The scanner finds it there. */
    @Override
    public void deploy(Node node, Path archive) throws IOException {
        Path draft = Files.copy(archive, node.home().resolve("draft"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, scanned(node, archive), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void undeploy(Node node, Path archive) throws IOException {
        Files.delete(scanned(node, archive));
    }

    /** The scanner says "Deployed" of what has failed, too, but after that. */
    @Override
    public Progress progress(Path archive, String log) {
        if (log.contains("WFLYCTL0013")) {
            return Progress.FAILED;
        }
        return log.contains("WFLYSRV0010: Deployed \"" + archive.getFileName()) ? Progress.DEPLOYED : Progress.STARTING;
    }

    @Override
    public boolean isUndeployed(Path archive, String log) {
        return log.contains("WFLYSRV0009: Undeployed \"" + archive.getFileName());
    }

    private static Path scanned(Node node, Path archive) {
        return base(node).resolve("deployments").resolve(archive.getFileName());
    }

    private static Path configuration(Node node) {
        return base(node).resolve("configuration/standalone.xml");
    }

    private static Path home() {
        return BuildProperty.path("tck.wildfly.home");
    }

    private static Path base(Node node) {
        return node.home().resolve("standalone");
    }
}
