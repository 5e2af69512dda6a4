package dev.posthorn.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Runs a task in a transaction of its own. */
@ApplicationScoped
public class OwnTransaction {

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void run(Runnable task) {
        task.run();
    }
}
