package dev.posthorn.example;

import dev.posthorn.Outbox;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where the shop's data lives, and the one line that lets Posthorn store events beside it. */
@ApplicationPath("/")
@ApplicationScoped
@DataSourceDefinition(
        name = "java:app/jdbc/shop",
        className = "org.h2.jdbcx.JdbcDataSource",
        url = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1",
        user = "sa",
        password = "")
public class ShopApplication extends Application {

    @Produces
    @Outbox
    @PersistenceContext
    EntityManager entityManager;
}
