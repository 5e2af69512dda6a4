package dev.posthorn.relay;

import dev.posthorn.PosthornException;
import dev.posthorn.spi.FailureClassifier.Failure;

/** What the simulated broker answers if it does not take an event: those who classify failures can tell what it means. */
final class SimulatedFailure extends PosthornException {

    private static final long serialVersionUID = 1L;

    final Failure meaning;

    SimulatedFailure(Fate fate, Failure meaning) {
        super("The simulated broker does not take " + fate + ": " + meaning);
        this.meaning = meaning;
    }
}
