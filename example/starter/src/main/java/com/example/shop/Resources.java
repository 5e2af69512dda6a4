package com.example.shop;

import dev.posthorn.Outbox;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

@Dependent
public class Resources {

    /** What Posthorn stores through: the connection and the transaction of the business data. */
    @Produces
    @Outbox
    @PersistenceContext
    private EntityManager em;
}
