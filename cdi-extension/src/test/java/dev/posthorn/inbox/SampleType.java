package dev.posthorn.inbox;

import dev.posthorn.EventMiddleware.WhenExhausted;
import dev.posthorn.WhenDead;
import dev.posthorn.receive.ReceivedEvent;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A type whose events are read and handled as a test wants it. */
final class SampleType implements HandledType {

    /** How one event is handled. */
    interface Handling {
        void handle(ReceivedEvent event) throws Exception;
    }

    Consumer<ReceivedEvent> reading = event -> {};
    Function<ReceivedEvent, @Nullable String> key = event -> null;
    Handling handling = event -> {};
    Runnable middleware = () -> {};
    List<String> handlers = List.of("handler");

    @Override
    public String name() {
        return "known";
    }

    @Override
    public boolean ordered() {
        return true;
    }

    @Override
    public WhenDead whenDead() {
        return WhenDead.BLOCK;
    }

    @Override
    public Work open(ReceivedEvent event, String channel) {
        reading.accept(event);
        return new SampleWork(event);
    }

    private final class SampleWork implements Work {

        private final ReceivedEvent event;

        SampleWork(ReceivedEvent event) {
            this.event = event;
        }

        @Override
        public ReceivedEvent event() {
            return event;
        }

        @Override
        public @Nullable String idempotencyKey() {
            return key.apply(event);
        }

        @Override
        public List<String> handlers() {
            return handlers;
        }

        @Override
        public String classes() {
            return "a sample";
        }

        @Override
        public void handleAll(int attempt, Boundary boundary) throws Exception {
            boundary.around(() -> handling.handle(event));
        }

        @Override
        public void handle(String handler, int attempt, Boundary boundary) throws Exception {
            handleAll(attempt, boundary);
        }

        @Override
        public void compensate(String handler, int attempt, Boundary boundary) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void failed(int attempt, Throwable failure) {
            middleware.run();
        }

        @Override
        public WhenExhausted exhausted(int attempt, Throwable failure) {
            return WhenExhausted.UNDECIDED;
        }
    }
}
