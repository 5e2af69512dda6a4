package dev.posthorn.runtime;

import java.util.List;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What the server calls this application. */
final class ApplicationName {

    private static final List<String> NAMES = List.of("java:app/AppName", "java:module/ModuleName");

    private ApplicationName() {}

    /** Empty if it says nothing. */
    static String lookUp() {
        return NAMES.stream()
                .map(ApplicationName::lookUp)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    /** Whether this thread knows in which application it is. */
    static boolean isVisible() {
        return NAMES.stream().anyMatch(name -> lookUp(name).isPresent());
    }

    @SuppressWarnings("BanJNDI") // the names are constants of the platform
    private static Optional<String> lookUp(String name) {
        try {
            return InitialContext.doLookup(name) instanceof String found && !found.isBlank()
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (NamingException e) {
            return Optional.empty();
        }
    }
}
