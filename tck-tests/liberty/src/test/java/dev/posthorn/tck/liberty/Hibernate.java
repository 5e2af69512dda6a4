package dev.posthorn.tck.liberty;

import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.PersistenceProvider;
import java.util.Map;

/** Hibernate in the application. */
final class Hibernate {

    private Hibernate() {}

    /**
     * Without its transformer, which Liberty would have transform itself, over and over; and told of the database, since Liberty hides a
     * data source of the application behind another one for as long as no component uses it.
     */
    static PersistenceProvider provider() {
        return new PersistenceProvider(
                "org.hibernate.jpa.HibernatePersistenceProvider",
                Map.of(
                        "hibernate.enhancer.enableLazyInitialization", "false",
                        "hibernate.enhancer.enableDirtyTracking", "false",
                        "hibernate.dialect", "org.hibernate.dialect." + dialect()));
    }

    private static String dialect() {
        return switch (TckSettings.database()) {
            case "postgresql" -> "PostgreSQLDialect";
            case "mariadb" -> "MariaDBDialect";
            case "derby" -> "DerbyDialect";
            default -> "H2Dialect";
        };
    }
}
