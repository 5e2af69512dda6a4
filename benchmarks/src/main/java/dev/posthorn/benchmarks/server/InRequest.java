package dev.posthorn.benchmarks.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;

/**
 * Makes a thread of the load like one that answers a request or handles a message: its request scope is active, and CDI need not begin
 * one for each observer that is called when a transaction ends.
 */
@ApplicationScoped
class InRequest {

    @ActivateRequestContext
    void run(Runnable task) {
        task.run();
    }
}
