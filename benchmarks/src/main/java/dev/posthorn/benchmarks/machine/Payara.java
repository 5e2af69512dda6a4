package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Payara Micro with an application: a web archive as its developer would build it. */
public final class Payara {

    private static final String BEANS_XML =
            """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    private static final String WEB_XML =
            """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <data-source>
                <name>java:app/jdbc/bench</name>
                <class-name>org.postgresql.ds.PGSimpleDataSource</class-name>
                <url>%s</url>
                <user>%s</user>
                <password>%s</password>
                <max-pool-size>%d</max-pool-size>
              </data-source>
            </web-app>
            """;

    private static final String PERSISTENCE_XML =
            """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="bench" transaction-type="JTA">
                <jta-data-source>java:app/jdbc/bench</jta-data-source>
                <exclude-unlisted-classes>false</exclude-unlisted-classes>
                <properties>
                  <property name="jakarta.persistence.schema-generation.database.action" value="create"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    private static final String LOOPBACK_ONLY = "set configs.config.server-config.network-config.network-listeners"
            + ".network-listener.http-listener.address=127.0.0.1\n";

    private Payara() {}

    /**
     * @param home where the build has put Payara Micro and SmallRye
     * @param options more options for the JVM
     */
    public static LoadServer start(
            Path home, Path directory, Application application, Resources resources, List<String> options)
            throws IOException {
        Files.createDirectories(directory.resolve("tmp"));
        Path war = directory.resolve("bench.war");
        archive(home, application, resources).as(ZipExporter.class).exportTo(war.toFile(), true);
        Path preboot = Files.writeString(directory.resolve("preboot.txt"), LOOPBACK_ONLY);
        int port = FreePort.next();
        List<String> command = Java.command(Java.APPLICATION);
        command.addAll(options);
        // The jars of SmallRye have an empty beans.xml that means "all", as it did before CDI 4.
        command.add("-Dfish.payara.deployment.emptyBeansXmlModeALL=true");
        command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
        command.addAll(List.of("-jar", home.resolve("payara-micro.jar").toString()));
        command.addAll(List.of("--deploy", war.toString(), "--contextroot", "/", "--port", Integer.toString(port)));
        command.addAll(List.of("--prebootcommandfile", preboot.toString(), "--nohazelcast", "--disablephonehome"));
        ChildProcess process = ChildProcess.start(
                new ProcessBuilder(command).directory(directory.toFile()), directory.resolve("payara.log"));
        // A failed deployment leaves the server running and "ready".
        return LoadServer.awaitReady(
                process, URI.create("http://127.0.0.1:" + port + "/"), " ready in ", "bench was successfully deployed");
    }

    private static WebArchive archive(Path home, Application application, Resources resources) {
        String webXml =
                WEB_XML.formatted(resources.jdbcUrl(), resources.user(), resources.password(), resources.poolSize());
        WebArchive smallRye = ShrinkWrap.createFromZipFile(
                WebArchive.class, home.resolve("smallrye.war").toFile());
        return ShrinkWrap.create(WebArchive.class, "bench.war")
                .addPackages(false, application.packages())
                .addAsLibraries(jars(home, "posthorn.*|postgresql.*", "posthorn-(tck|benchmarks).*"))
                .addAsLibraries(home.resolve("slf4j-jdk14.jar").toFile())
                .merge(smallRye, Filters.include("/WEB-INF/lib/.*"))
                .addAsWebInfResource(new StringAsset(BEANS_XML), "beans.xml")
                .setWebXML(new StringAsset(webXml))
                .addAsResource(new StringAsset(PERSISTENCE_XML), "META-INF/persistence.xml")
                .addAsResource(new StringAsset(application.configuration()), "META-INF/microprofile-config.properties");
    }

    private static File[] jars(Path home, String names, String others) {
        File[] all = home.resolve("lib").toFile().listFiles();
        return Arrays.stream(all)
                .filter(file -> file.getName().matches(names) && !file.getName().matches(others))
                .toArray(File[]::new);
    }
}
