package dev.posthorn.tck.payara;

import dev.posthorn.tck.server.Node;
import dev.posthorn.tck.server.Server;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Payara Micro ships no Reactive Messaging: the application brings SmallRye's. */
public final class PayaraMicro implements Server {

    private static final String LOOPBACK_ONLY =
            "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address"
                    + "=127.0.0.1\n";

    @Override
    public void extend(WebArchive archive) {
        WebArchive smallRye = ShrinkWrap.createFromZipFile(WebArchive.class, new File(required("tck.smallrye.war")));
        archive.merge(smallRye, Filters.include("/WEB-INF/lib/.*"));
    }

    @Override
    public String kafkaConnector() {
        return "smallrye-kafka";
    }

    @Override
    public void install(Node node) {
        try {
            Files.createDirectories(temporaryDirectory(node));
            Files.writeString(preboot(node), LOOPBACK_ONLY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> command(Node node) {
        List<String> command = new ArrayList<>();
        command.add(node.java().toString());
        command.add("-Xmx512m");
        command.add("-Djava.io.tmpdir=" + temporaryDirectory(node));
        // The beans of SmallRye are in archives with an empty beans.xml, which Jakarta EE 10 reads as "annotated".
        command.add("-Dfish.payara.deployment.emptyBeansXmlModeALL=true");
        command.addAll(node.systemPropertyOptions());
        command.addAll(List.of("-jar", required("tck.payara-micro.jar")));
        command.addAll(List.of("--rootDir", node.home().resolve("root").toString()));
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

    private static Path temporaryDirectory(Node node) {
        return node.home().resolve("tmp");
    }

    private static Path preboot(Node node) {
        return node.home().resolve("preboot.txt");
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("The build must set the system property " + property);
        }
        return value;
    }
}
