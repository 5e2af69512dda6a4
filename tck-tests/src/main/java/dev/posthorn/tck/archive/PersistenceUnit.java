package dev.posthorn.tck.archive;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A persistence unit, which creates the tables of its entities.
 *
 * @param dataSource in JNDI
 * @param entities what belongs to it; if there are none, all of the archive
 */
public record PersistenceUnit(String name, String dataSource, List<Class<?>> entities) {

    public PersistenceUnit(String name, String dataSource, Class<?>... entities) {
        this(name, dataSource, Arrays.asList(entities));
    }

    /** In persistence.xml. */
    String element() {
        return """
                  <persistence-unit name="%s" transaction-type="JTA">
                    <jta-data-source>%s</jta-data-source>
                %s    <exclude-unlisted-classes>%s</exclude-unlisted-classes>
                    <properties>
                      <property name="jakarta.persistence.schema-generation.database.action" value="create"/>
                    </properties>
                  </persistence-unit>
                """
                .formatted(name, dataSource, classes(), !entities.isEmpty());
    }

    private String classes() {
        return entities.stream()
                .map(entity -> "    <class>" + entity.getName() + "</class>\n")
                .collect(Collectors.joining());
    }
}
