package dev.posthorn.benchmarks.shop;

import dev.posthorn.benchmarks.load.Relay;
import dev.posthorn.operator.OutboxOperator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Lets a backlog gather, as an operator would. */
@ApplicationScoped
public class PosthornsRelay implements Relay {

    private static final String CHANNEL = "posthorn";

    @Inject
    OutboxOperator operator;

    @Override
    public void start() {
        operator.resume(CHANNEL);
    }

    @Override
    public void stop() {
        operator.pause(CHANNEL);
    }
}
