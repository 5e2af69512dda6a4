package dev.posthorn.tck.archive;

/**
 * A data source that the application defines.
 *
 * @param name in JNDI
 * @param driverClass the driver's, of either kind
 */
public record ApplicationDataSource(String name, Class<?> driverClass, Database database) {

    /** In web.xml. The isolation is the default of most databases, and what we recommend on MariaDB. */
    String element() {
        return """
                  <data-source>
                    <name>%s</name>
                    <class-name>%s</class-name>
                    %s
                    <user>%s</user>
                    <password>%s</password>
                    %s<isolation-level>TRANSACTION_READ_COMMITTED</isolation-level>
                  </data-source>
                """
                .formatted(
                        name,
                        driverClass.getName(),
                        database.isDerby()
                                ? "<database-name>%s</database-name>".formatted(database.url())
                                : "<url>%s</url>".formatted(database.url()),
                        database.user(),
                        database.password(),
                        database.isDerby()
                                ? "<property><name>createDatabase</name><value>create</value></property>\n    "
                                : "");
    }
}
