package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On request, to save time: by {@code -Dderby.hibernate=true}. What Derby does differently is the same with EclipseLink. */
@EnabledIfSystemProperty(named = "derby.hibernate", matches = "true")
class HibernateOnDerbyTest extends JpaStoreContract {

    HibernateOnDerbyTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.DERBY);
    }
}
