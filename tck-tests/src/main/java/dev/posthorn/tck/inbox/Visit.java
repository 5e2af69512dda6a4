package dev.posthorn.tck.inbox;

import jakarta.enterprise.context.RequestScoped;

/** What an application keeps for a request. */
@RequestScoped
public class Visit {

    /** Throws without a request scope, as whatever is called on such a bean. */
    public void begin() {}
}
