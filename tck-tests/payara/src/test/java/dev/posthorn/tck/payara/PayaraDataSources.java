package dev.posthorn.tck.payara;

import dev.posthorn.tck.server.ServerDataSource;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** The commands that define data sources before Payara Micro boots. */
final class PayaraDataSources {

    /** What {@code java:comp/DefaultDataSource} stands for. */
    private static final String DEFAULT = "jdbc/__default";

    private PayaraDataSources() {}

    static String commands(List<ServerDataSource> dataSources) {
        return dataSources.stream().map(PayaraDataSources::commands).collect(Collectors.joining());
    }

    /** With single properties, since an URL's colons and equals signs would have to be escaped. */
    private static String commands(ServerDataSource dataSource) {
        URI database = URI.create(dataSource.database().url().substring("jdbc:".length()));
        String pool =
                "create-jdbc-connection-pool --datasourceclassname %s --restype %s --isconnectvalidatereq=true --validationmethod=custom-validation --validationclassname=org.glassfish.api.jdbc.validation.PostgresConnectionValidation --property serverName=%s:portNumber=%d:databaseName=%s:user=%s:password=%s %s-pool\n"
                        .formatted(
                                dataSource.driverClass().getName(),
                                dataSource.xa() ? "javax.sql.XADataSource" : "javax.sql.DataSource",
                                database.getHost(),
                                database.getPort(),
                                database.getPath().substring(1),
                                dataSource.database().user(),
                                dataSource.database().password(),
                                dataSource.name());
        return pool + resource(dataSource);
    }

    private static String resource(ServerDataSource dataSource) {
        return dataSource.isDefault()
                ? "set resources.jdbc-resource.%s.pool-name=%s-pool\n".formatted(DEFAULT, dataSource.name())
                : "create-jdbc-resource --connectionpoolid %1$s-pool jdbc/%1$s\n".formatted(dataSource.name());
    }
}
