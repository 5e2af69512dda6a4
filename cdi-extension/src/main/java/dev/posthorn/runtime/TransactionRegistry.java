package dev.posthorn.runtime;

import dev.posthorn.PosthornException;
import dev.posthorn.spi.Supplied;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Finds the server's registry of transactions. Not as a resource: where Posthorn is a library of an enterprise application, WildFly starts
 * it in no component's namespace, finds nothing in {@code java:comp}, and would not deploy the application.
 */
@ApplicationScoped
public class TransactionRegistry {

    private static final List<String> NAMES = List.of(
            "java:comp/TransactionSynchronizationRegistry",
            // WildFly's own
            "java:jboss/TransactionSynchronizationRegistry");

    /** For stores of ours. */
    @Produces
    @Supplied
    @ApplicationScoped
    TransactionSynchronizationRegistry registry() {
        return lookUp();
    }

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

    @SuppressWarnings("BanJNDI") // the names are constants of the platform
    private static TransactionSynchronizationRegistry lookUp(String name) throws NamingException {
        return InitialContext.doLookup(name);
    }
}
