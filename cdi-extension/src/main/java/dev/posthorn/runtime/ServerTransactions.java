package dev.posthorn.runtime;

import dev.posthorn.PosthornException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Finds the server's ways to transactions. Not as resources: where Posthorn is a library of an enterprise application, WildFly starts it
 * in no component's namespace, finds nothing in {@code java:comp}, and would not deploy the application.
 */
final class ServerTransactions {

    private static final String STANDARD = "java:comp/";

    private static final String WILDFLY = "java:jboss/";

    private ServerTransactions() {}

    static TransactionSynchronizationRegistry registry() {
        return lookUp("TransactionSynchronizationRegistry");
    }

    static UserTransaction userTransaction() {
        return lookUp("UserTransaction");
    }

    private static <T> T lookUp(String name) {
        try {
            return named(STANDARD + name);
        } catch (NamingException standard) {
            try {
                return named(WILDFLY + name);
            } catch (NamingException e) {
                e.addSuppressed(standard);
                throw new PosthornException(
                        "POSTHORN-1009 The server's %1$s is found neither as %2$s%1$s nor as %3$s%1$s: Posthorn can't take part in its transactions."
                                .formatted(name, STANDARD, WILDFLY),
                        e);
            }
        }
    }

    @SuppressWarnings({"BanJNDI", "unchecked", "TypeParameterUnusedInFormals"
    }) // the names are the platform's, and so are the types
    private static <T> T named(String name) throws NamingException {
        return (T) InitialContext.doLookup(name);
    }
}
