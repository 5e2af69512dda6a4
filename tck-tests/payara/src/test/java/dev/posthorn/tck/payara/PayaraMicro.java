package dev.posthorn.tck.payara;

import dev.posthorn.tck.archive.ClassPathJars;
import dev.posthorn.tck.fixture.FileTree;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.BuildProperty;
import dev.posthorn.tck.server.Node;
import dev.posthorn.tck.server.Server;
import dev.posthorn.tck.server.SmallRye;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.postgresql.xa.PGXADataSource;

/** Payara Micro ships no Reactive Messaging: the application brings SmallRye's. */
public final class PayaraMicro implements Server {

    /** The beans of SmallRye are in archives with an empty beans.xml, which CDI 4 reads as "annotated". */
    private static final String ALL_BEANS = "-Dfish.payara.deployment.emptyBeansXmlModeALL=true";

    private static final String LOOPBACK_ONLY =
            "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address"
                    + "=127.0.0.1\n";

    @Override
    public String mavenProfile() {
        return "payara";
    }

    @Override
    public List<String> starterCommand(Path project, int httpPort) throws IOException {
        Path loopback = Files.writeString(project.resolve("target/preboot.txt"), LOOPBACK_ONLY);
        return List.of(
                TckSettings.java(),
                ALL_BEANS,
                "-jar",
                "target/server/payara-micro.jar",
                "--deploy",
                "target/starter.war",
                "--contextroot",
                "/",
                "--port",
                Integer.toString(httpPort),
                "--nocluster",
                "--prebootcommandfile",
                loopback.toString());
    }

    @Override
    public Optional<String> hibernateJtaPlatform() {
        return Optional.of("org.hibernate.engine.transaction.jta.platform.internal.SunOneJtaPlatform");
    }

    @Override
    public void extend(WebArchive archive) {
        SmallRye.addTo(archive);
    }

    @Override
    public String kafkaConnector() {
        return "smallrye-kafka";
    }

    /**
     * Each start unpacks a new runtime below its temporary directory. One that is kept, by {@code --rootDir}, remembers
     * the application, and a restart then deploys it twice.
     */
    @Override
    public void prepare(Node node) throws IOException {
        FileTree.delete(temporaryDirectory(node));
        Files.createDirectories(orders(node));
        Files.writeString(preboot(node), LOOPBACK_ONLY + PayaraDataSources.commands(node.dataSources()));
    }

    @Override
    public List<String> command(Node node) {
        List<String> command = node.java();
        command.add("-Djava.io.tmpdir=" + temporaryDirectory(node));
        command.add(ALL_BEANS);
        command.addAll(node.takesApplications() ? DeployingPayara.command(orders(node)) : List.of("-jar", jar()));
        if (!node.dataSources().isEmpty()) {
            command.addAll(
                    List.of("--addlibs", ClassPathJars.of(PGXADataSource.class).toString()));
        }
        command.addAll(List.of("--prebootcommandfile", preboot(node).toString()));
        command.addAll(List.of("--port", Integer.toString(node.httpPort())));
        command.addAll(List.of("--deploy", node.archive().toString()));
        command.addAll(List.of("--contextroot", node.context()));
        command.add("--nocluster");
        return command;
    }

    /** A failed deployment leaves the server running and "ready". */
    @Override
    public Progress progress(String log) {
        if (!log.contains("ready in")) {
            return Progress.STARTING;
        }
        return log.contains("was successfully deployed") ? Progress.DEPLOYED : Progress.FAILED;
    }

    /** It answers that the type of the archive is not recognized; Payara Server does. */
    @Override
    public boolean takesEnterpriseApplications() {
        return false;
    }

    /** Not when the transaction of an interceptor or of the EJB container completes: each statement is then committed by itself. */
    @Override
    public boolean enlistsDefaultDataSource() {
        return false;
    }

    @Override
    public void deploy(Node node, Path archive) throws IOException {
        DeployingPayara.order(orders(node), DeployingPayara.DEPLOY, archive);
    }

    @Override
    public void undeploy(Node node, Path archive) throws IOException {
        DeployingPayara.order(orders(node), DeployingPayara.UNDEPLOY, archive);
    }

    @Override
    public Progress progress(Path archive, String log) {
        if (log.contains(DeployingPayara.done(DeployingPayara.DEPLOY, archive))) {
            return Progress.DEPLOYED;
        }
        return log.contains(DeployingPayara.failed(archive)) ? Progress.FAILED : Progress.STARTING;
    }

    @Override
    public boolean isUndeployed(Path archive, String log) {
        return log.contains(DeployingPayara.done(DeployingPayara.UNDEPLOY, archive));
    }

    static String jar() {
        return BuildProperty.path("tck.payara-micro.jar").toString();
    }

    private static Path orders(Node node) {
        return temporaryDirectory(node).resolve("orders");
    }

    private static Path temporaryDirectory(Node node) {
        return node.home().resolve("tmp");
    }

    private static Path preboot(Node node) {
        return node.home().resolve("preboot.txt");
    }
}
