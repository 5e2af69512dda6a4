package dev.posthorn.runtime;

import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What the server calls this application. */
final class ApplicationName {

    private static final List<String> NAMES = List.of("java:app/AppName", "java:module/ModuleName");

    private ApplicationName() {}

    @SuppressWarnings("BanJNDI") // the names are constants of the platform
    static String lookUp() {
        for (String name : NAMES) {
            try {
                if (InitialContext.doLookup(name) instanceof String found && !found.isBlank()) {
                    return found;
                }
            } catch (NamingException e) {
                // This name is not bound here; the next may be.
            }
        }
        return "application";
    }
}
