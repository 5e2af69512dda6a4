package dev.posthorn.tck.archive;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A persistence unit, which creates the tables of its entities.
 *
 * @param dataSource in JNDI
 * @param entities what belongs to it; if there are none, all of the archive
 * @param jtaPlatform what Hibernate is to use, if the unit names it as its provider, instead of leaving that to the server
 */
public record PersistenceUnit(String name, String dataSource, List<Class<?>> entities, Optional<String> jtaPlatform) {

    private static final String PROVIDER = "    <provider>org.hibernate.jpa.HibernatePersistenceProvider</provider>\n";

    /** Servers with another provider call Hibernate's transformer for classes that it needs itself. */
    private static final String OF_HIBERNATE =
            """
                  <property name="hibernate.enhancer.enableLazyInitialization" value="false"/>
                  <property name="hibernate.enhancer.enableDirtyTracking" value="false"/>
                  <property name="hibernate.transaction.jta.platform" value="%s"/>
            """;

    public PersistenceUnit(String name, String dataSource, Class<?>... entities) {
        this(name, dataSource, Arrays.asList(entities), Optional.empty());
    }

    PersistenceUnit withHibernate(String jtaPlatform) {
        return new PersistenceUnit(name, dataSource, entities, Optional.of(jtaPlatform));
    }

    /** In persistence.xml. */
    String element() {
        return """
                  <persistence-unit name="%s" transaction-type="JTA">
                %s    <jta-data-source>%s</jta-data-source>
                %s    <exclude-unlisted-classes>%s</exclude-unlisted-classes>
                    <properties>
                      <property name="jakarta.persistence.schema-generation.database.action" value="create"/>
                %s    </properties>
                  </persistence-unit>
                """
                .formatted(
                        name,
                        jtaPlatform.isPresent() ? PROVIDER : "",
                        dataSource,
                        classes(),
                        !entities.isEmpty(),
                        jtaPlatform.map(OF_HIBERNATE::formatted).orElse(""));
    }

    private String classes() {
        return entities.stream()
                .map(entity -> "    <class>" + entity.getName() + "</class>\n")
                .collect(Collectors.joining());
    }
}
