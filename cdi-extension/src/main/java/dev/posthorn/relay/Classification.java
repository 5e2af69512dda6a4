package dev.posthorn.relay;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What failures mean, whatever the classifier does. */
final class Classification {

    private final FailureClassifier classifier;
    private final AtomicBoolean classifierHasFailed = new AtomicBoolean();

    Classification(FailureClassifier classifier) {
        this.classifier = classifier;
    }

    Failure of(EventEnvelope event, Throwable error) {
        try {
            @Nullable Failure failure = classifier.classify(event, error);
            if (failure != null) {
                return failure;
            }
            classifierFailed(new NullPointerException("It returned null."));
        } catch (Throwable e) {
            classifierFailed(e);
        }
        return Failure.UNCLEAR;
    }

    private void classifierFailed(Throwable error) {
        if (classifierHasFailed.compareAndSet(false, true)) {
            RelayLog.classifierFailed(error);
        }
    }
}
