package dev.posthorn.runtime;

import dev.posthorn.relay.Retrier;
import dev.posthorn.spi.EventEnvelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * Retries with the policies of MicroProfile Fault Tolerance, which an application adjusts as that specification says: {@code
 * dev.posthorn.runtime.FaultTolerantRetrier/send/Retry/maxRetries=5}.
 */
@ApplicationScoped
public class FaultTolerantRetrier implements Retrier {

    @Inject
    private ManagedThreads threads;

    /**
     * The time-out interrupts who waits, never who sends: a client that is interrupted may make its connector give up the channel for
     * good, as Kafka's does to {@code liberty-kafka}.
     */
    @Override
    @Retry(maxRetries = 3, delay = 3, delayUnit = ChronoUnit.SECONDS, jitter = 500)
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    public void send(EventEnvelope event, Supplier<CompletionStage<Void>> attempt) throws Exception {
        CompletableFuture.supplyAsync(attempt, threads)
                .thenCompose(Function.identity())
                .get();
    }
}
