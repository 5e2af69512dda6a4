package dev.posthorn.runtime;

import dev.posthorn.PosthornException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Finds the server's registry of transactions. Not as a resource: where Posthorn is a library of an enterprise application, WildFly starts
 * it in no component's namespace, finds nothing in {@code java:comp}, and would not deploy the application.
 */
final class TransactionRegistry {

    /** As every component of an application knows it. */
    private static final String STANDARD = "java:comp/TransactionSynchronizationRegistry";

    private static final List<String> NAMES = List.of(
            STANDARD,
            // WildFly's own
            "java:jboss/TransactionSynchronizationRegistry");

    private TransactionRegistry() {}

    static TransactionSynchronizationRegistry lookUp() {
        PosthornException failure = new PosthornException(
                "POSTHORN-1009 The server's TransactionSynchronizationRegistry is not found under any of " + NAMES
                        + ", so no event could be stored in its transaction.");
        for (String name : NAMES) {
            try {
                return lookUp(name);
            } catch (NamingException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    /** Whether this thread finds it where components do. */
    static boolean isVisible() {
        try {
            lookUp(STANDARD);
            return true;
        } catch (NamingException e) {
            return false;
        }
    }

    @SuppressWarnings("BanJNDI") // the names are constants of the platform
    private static TransactionSynchronizationRegistry lookUp(String name) throws NamingException {
        return InitialContext.doLookup(name);
    }
}
