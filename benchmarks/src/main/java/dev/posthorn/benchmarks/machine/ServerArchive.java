package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.plain.Resources;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A web archive as its developer would build it: the same for all servers, but for libraries that one of them needs. */
final class ServerArchive {

    static final String NAME = "bench";

    private static final String BEANS_XML =
            """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    private static final String WEB_XML =
            """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <data-source>
                <name>java:app/jdbc/bench</name>
                <class-name>%s</class-name>
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

    private final Libraries libraries;
    private final WebArchive archive;

    /** @param home where the build has put the libraries */
    ServerArchive(Path home, Application application, Resources resources) {
        this.libraries = new Libraries(home);
        String webXml = WEB_XML.formatted(
                application.driver().dataSource(),
                resources.jdbcUrl(),
                resources.user(),
                resources.password(),
                resources.poolSize());
        archive = ShrinkWrap.create(WebArchive.class, NAME + ".war")
                .addPackages(false, application.packages())
                .addAsLibraries(libraries.named(application.libraries(), "posthorn-(tck|benchmarks).*"))
                .addAsLibraries(libraries.file(application.driver().jar()))
                .addAsWebInfResource(new StringAsset(BEANS_XML), "beans.xml")
                .setWebXML(new StringAsset(webXml))
                .addAsResource(new StringAsset(PERSISTENCE_XML), "META-INF/persistence.xml")
                .addAsResource(new StringAsset(application.configuration()), "META-INF/microprofile-config.properties");
    }

    /** For what a server needs more. */
    WebArchive archive() {
        return archive;
    }

    Path write(Path directory) {
        Path file = directory.resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }
}
