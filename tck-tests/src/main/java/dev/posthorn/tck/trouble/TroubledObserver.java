package dev.posthorn.tck.trouble;

import dev.posthorn.EventDelivered;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Is told of each event that was delivered. */
@ApplicationScoped
public class TroubledObserver {

    @Inject
    private Troubles troubles;

    void on(@Observes EventDelivered event) {
        troubles.awaitEnd(Trouble.OBSERVERS_HANG);
        if (troubles.has(Trouble.OBSERVERS_THROW)) {
            Errors.throwAny();
        }
    }
}
