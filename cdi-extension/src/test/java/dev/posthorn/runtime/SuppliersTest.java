package dev.posthorn.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.spi.Supplied;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application's own parts come before ours, and each is made once. */
class SuppliersTest {

    private final Set<Class<?>> replaced = new HashSet<>();
    private final Set<Class<?>> supplied =
            new HashSet<>(Set.of(EventStore.class, NodeStore.class, EventTransport.class, OperatorStore.class));
    private int made;
    private final Suppliers suppliers = new Suppliers();

    @BeforeEach
    void inject() {
        suppliers.beans = beans(Object.class, false);
    }

    /** As a dependent bean it would be made anew each time, and never be destroyed. */
    @Test
    void aPartOfTheApplicationIsLookedUpOnce() {
        replaced.add(EventTransport.class);

        EventTransport first = suppliers.transport();

        assertSame(first, suppliers.transport());
        assertEquals(1, made);
        assertNotSame(first, suppliers.nodeStore());
    }

    @Test
    void anOperatorStoreOfOursFitsOnlyBesideOurEventStore() {
        assertTrue(suppliers.operatorStore().isPresent());
        suppliers.operatorStore();
        assertEquals(1, made);

        replaced.add(EventStore.class);
        assertEquals(Optional.empty(), suppliers.operatorStore());
    }

    @Test
    void withoutAClassifierThereIsOneThatKnowsNothing() {
        assertTrue(suppliers.classifier() != null);
        assertEquals(0, made);
    }

    /** All beans as dependent ones. */
    @SuppressWarnings("unchecked")
    private <T> Instance<T> beans(Class<?> type, boolean ours) {
        return (Instance<T>) Proxy.newProxyInstance(
                SuppliersTest.class.getClassLoader(),
                new Class<?>[] {Instance.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "select" -> beans((Class<?>) arguments[0], isSupplied((Object[]) arguments[1]));
                    case "isUnsatisfied" -> !(ours ? supplied : replaced).contains(type);
                    case "get" -> make(type);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static boolean isSupplied(Object[] qualifiers) {
        return Arrays.asList(qualifiers).contains(Supplied.Literal.INSTANCE);
    }

    private Object make(Class<?> type) {
        made++;
        return Proxy.newProxyInstance(
                SuppliersTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals("equals") ? proxy == arguments[0] : 0);
    }
}
