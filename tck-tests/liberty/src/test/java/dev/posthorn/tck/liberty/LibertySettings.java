package dev.posthorn.tck.liberty;

import dev.posthorn.tck.server.Node;
import dev.posthorn.tck.server.ServerDataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Configuration that comes on top of server.xml: data sources of the server, and applications that come and go. */
final class LibertySettings {

    private LibertySettings() {}

    /** Each incoming channel of {@code liberty-kafka} keeps a thread of the executor, which begins with two for each processor. */
    static String ofSeveral(List<ServerDataSource> dataSources) {
        return """
                <server>
                  <config updateTrigger="polled" monitorInterval="500ms"/>
                  <executor coreThreads="16"/>
                %s</server>
                """
                .formatted(dataSources.stream().map(LibertySettings::element).collect(Collectors.joining()));
    }

    /** The default one is found by its id. */
    private static String element(ServerDataSource dataSource) {
        String place = dataSource.isDefault() ? "" : " jndiName=\"jdbc/" + dataSource.name() + "\"";
        String type = dataSource.xa() ? "javax.sql.XADataSource" : "javax.sql.DataSource";
        return """
                  <dataSource id="%1$s"%2$s type="%3$s">
                    <jdbcDriver libraryRef="drivers" %3$s="%4$s"/>
                    <properties.postgresql URL="%5$s" user="%6$s" password="%7$s"/>
                  </dataSource>
                """
                .formatted(
                        dataSource.name(),
                        place,
                        type,
                        dataSource.driverClass().getName(),
                        dataSource.database().url(),
                        dataSource.database().user(),
                        dataSource.database().password());
    }

    static String application(Path archive) {
        boolean enterprise = archive.toString().endsWith(".ear");
        return """
                <server>
                  <%1$s id="%2$s" name="%2$s" location="%3$s"%4$s>
                    <classloader commonLibraryRef="drivers"/>
                  </%1$s>
                </server>
                """
                .formatted(
                        enterprise ? "enterpriseApplication" : "webApplication",
                        Node.context(archive),
                        archive,
                        enterprise ? "" : " contextRoot=\"/" + Node.context(archive) + "\"");
    }
}
