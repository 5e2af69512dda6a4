package dev.posthorn.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.security.Principal;

/** Who is calling, as far as the server knows. */
@ApplicationScoped
public class Caller {

    private static final String UNKNOWN = "unknown";

    // Some servers have no such bean unless their security is switched on.
    @Inject
    private Instance<Principal> principals;

    public String name() {
        try {
            String name = principals.isResolvable() ? principals.get().getName() : null;
            return name == null || name.isBlank() ? UNKNOWN : name;
        } catch (RuntimeException e) {
            // Not every thread has a caller.
            return UNKNOWN;
        }
    }
}
