package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.Outbox;
import dev.posthorn.jpa.transaction.JtaTransactions;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.Supplied;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What the developer of an application is told when it is deployed. */
class JpaOutboxExtensionTest {

    @Dependent
    static class OneProducer {
        @Produces
        @Outbox
        EntityManager em = proxy(EntityManager.class);
    }

    @Dependent
    static class AnotherProducer {
        @Produces
        @Outbox
        EntityManager em = proxy(EntityManager.class);
    }

    @Dependent
    static class OwnStore {
        @Produces
        @ApplicationScoped
        EventStore store = proxy(EventStore.class);
    }

    @Dependent
    static class OwnNodeStore {
        @Produces
        @ApplicationScoped
        NodeStore store = proxy(NodeStore.class);
    }

    @Test
    void anEntityManagerThatIsNotHandedOverIsAProblemWithTheLinesToAdd() {
        String problem = problemOf();

        assertTrue(problem.contains("@Produces @Outbox @PersistenceContext EntityManager em;"), problem);
    }

    @Test
    void twoEntityManagersAreAProblemThatNamesThem() {
        String problem = problemOf(OneProducer.class, AnotherProducer.class);

        assertTrue(problem.contains("OneProducer.em"), problem);
        assertTrue(problem.contains("AnotherProducer.em"), problem);
    }

    @Test
    void oneEntityManagerIsWhatIsNeeded() {
        try (SeContainer container = deploy(OneProducer.class)) {
            assertTrue(container
                    .select(EventStore.class, Supplied.Literal.INSTANCE)
                    .isResolvable());
            assertTrue(
                    container.select(NodeStore.class, Supplied.Literal.INSTANCE).isResolvable());
        }
    }

    @Test
    void anApplicationWithStoresOfItsOwnNeedsNone() {
        assertDoesNotThrow(() -> deploy(OwnStore.class, OwnNodeStore.class).close());
    }

    @Test
    void anApplicationThatReplacesOneOfTheTwoStoresStillNeedsOne() {
        String problem = problemOf(OwnStore.class);

        assertTrue(problem.contains("@Produces @Outbox @PersistenceContext EntityManager em;"), problem);
    }

    private static String problemOf(Class<?>... beans) {
        return String.valueOf(
                assertThrows(DeploymentException.class, () -> deploy(beans)).getMessage());
    }

    private static SeContainer deploy(Class<?>... beans) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new JpaOutboxExtension())
                .addBeanClasses(JpaStores.class, JtaTransactions.class)
                .addBeanClasses(beans)
                .initialize();
    }

    private static <T> T proxy(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
    }
}
