package dev.posthorn.tck.server;

import java.util.Map;
import java.util.stream.Collectors;

/** A JPA provider that an application has to name, and what it has to tell it. */
public record PersistenceProvider(String className, Map<String, String> properties) {

    /** In a persistence unit. */
    public String element() {
        return "<provider>%s</provider>".formatted(className);
    }

    /** Among the unit's properties. */
    public String propertyElements() {
        return properties.entrySet().stream()
                .map(each -> "<property name=\"%s\" value=\"%s\"/>".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
