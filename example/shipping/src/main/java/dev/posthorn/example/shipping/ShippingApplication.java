package dev.posthorn.example.shipping;

import dev.posthorn.Outbox;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where the parcels live, and the one line that lets Posthorn note beside them what was handled. */
@ApplicationPath("/")
@ApplicationScoped
@DataSourceDefinition(
        name = "java:app/jdbc/shipping",
        className = "org.h2.jdbcx.JdbcDataSource",
        url = "jdbc:h2:mem:shipping;DB_CLOSE_DELAY=-1",
        user = "sa",
        password = "")
public class ShippingApplication extends Application {

    @Produces
    @Outbox
    @PersistenceContext
    EntityManager entityManager;
}
