package dev.posthorn.tck.wildfly;

import dev.posthorn.tck.archive.ClassPathJars;
import dev.posthorn.tck.server.ServerDataSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.xa.PGXADataSource;

/** What standalone.xml says of a server with data sources of its own, and applications that come and go. */
final class WildFlySettings {

    /** Otherwise the connections of a database that was started anew stay in the pool, broken. */
    private static final String VALIDATION =
            """
                                <validation>
                                    <valid-connection-checker class-name="org.jboss.jca.adapters.jdbc.extensions.postgres.PostgreSQLValidConnectionChecker"/>
                                    <validate-on-match>true</validate-on-match>
                                    <exception-sorter class-name="org.jboss.jca.adapters.jdbc.extensions.postgres.PostgreSQLExceptionSorter"/>
                                </validation>
            """;

    private WildFlySettings() {}

    static String dataSource(String name) {
        return "java:/jdbc/" + name;
    }

    static void change(Path configuration, List<ServerDataSource> dataSources) throws IOException {
        String changed = Files.readString(configuration)
                .replace("scan-interval=\"5000\"", "scan-interval=\"500\"")
                // An idle thread of a pool keeps the application that it worked for last.
                .replace(
                        "<keepalive-time time=\"60\" unit=\"seconds\"/>",
                        "<keepalive-time time=\"1\" unit=\"seconds\"/>");
        if (!dataSources.isEmpty()) {
            changed = changed.replace("<datasources/>", elements(dataSources)).replace("<deployments>", driver());
        }
        if (dataSources.stream().anyMatch(ServerDataSource::isDefault)) {
            changed = changed.replace(
                    "<default-bindings ",
                    "<default-bindings datasource=\"%s\" ".formatted(dataSource(ServerDataSource.DEFAULT)));
        }
        Files.writeString(configuration, changed);
    }

    private static String elements(List<ServerDataSource> dataSources) {
        return dataSources.stream()
                .map(dataSource -> dataSource.xa() ? twoPhase(dataSource) : onePhase(dataSource))
                .collect(Collectors.joining("", "<datasources>\n", "            </datasources>"));
    }

    private static String onePhase(ServerDataSource dataSource) {
        return """
                                <datasource jndi-name="%s" pool-name="%s">
                                    <connection-url>%s</connection-url>
                                    <driver>%s</driver>
                                    <security user-name="%s" password="%s"/>
                %s                                </datasource>
                """
                .formatted(
                        dataSource(dataSource.name()),
                        dataSource.name(),
                        dataSource.database().url(),
                        driverJar().getName(),
                        dataSource.database().user(),
                        dataSource.database().password(),
                        VALIDATION);
    }

    private static String twoPhase(ServerDataSource dataSource) {
        return """
                                <xa-datasource jndi-name="%s" pool-name="%s">
                                    <xa-datasource-property name="URL">%s</xa-datasource-property>
                                    <xa-datasource-class>%s</xa-datasource-class>
                                    <driver>%s</driver>
                                    <security user-name="%s" password="%s"/>
                %s                                </xa-datasource>
                """
                .formatted(
                        dataSource(dataSource.name()),
                        dataSource.name(),
                        dataSource.database().url(),
                        dataSource.driverClass().getName(),
                        driverJar().getName(),
                        dataSource.database().user(),
                        dataSource.database().password(),
                        VALIDATION);
    }

    /** A driver that is deployed has the name of its jar. */
    private static String driver() {
        return """
                <deployments>
                        <deployment name="%1$s" runtime-name="%1$s">
                            <fs-archive path="%2$s"/>
                        </deployment>"""
                .formatted(driverJar().getName(), driverJar());
    }

    private static File driverJar() {
        return ClassPathJars.of(PGXADataSource.class);
    }
}
