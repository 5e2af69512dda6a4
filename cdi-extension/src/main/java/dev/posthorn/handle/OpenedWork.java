package dev.posthorn.handle;

import dev.posthorn.EventMiddleware;
import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.EventMiddleware.WhenExhausted;
import dev.posthorn.HandlingContext;
import dev.posthorn.inbox.Work;
import dev.posthorn.log.Log;
import dev.posthorn.log.Printable;
import dev.posthorn.receive.ReceivedEvent;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One event, as an object of each class that it was read into, with the handlers of its class and the chain around them. */
final class OpenedWork implements Work {

    private static final Log LOG = Log.of("dev.posthorn.inbox");

    private final ReceivedType type;
    private final ReceivedEvent event;
    private final String channel;
    private final List<Object> objects;
    private final List<Call> calls;

    OpenedWork(ReceivedType type, ReceivedEvent event, String channel, List<Object> objects, List<Call> calls) {
        this.type = type;
        this.event = event;
        this.channel = channel;
        this.objects = objects;
        this.calls = calls;
    }

    @Override
    public ReceivedEvent event() {
        return event;
    }

    @Override
    public @Nullable String idempotencyKey() {
        return objects.stream()
                .map(type::idempotencyKey)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<String> handlers() {
        return calls.stream().map(call -> call.handler().name()).toList();
    }

    @Override
    public String classes() {
        return objects.stream().map(object -> object.getClass().getName()).collect(Collectors.joining(", "));
    }

    @Override
    public void handleAll(int attempt, Boundary boundary) throws Exception {
        HandlingContext context = context(attempt);
        around(calls, context, boundary, () -> {
            for (Call call : calls) {
                call.handler().handle(call.event(), context);
            }
        });
    }

    @Override
    public void handle(String name, int attempt, Boundary boundary) throws Exception {
        Call call = find(name);
        HandlingContext context = context(attempt);
        around(List.of(call), context, boundary, () -> call.handler().handle(call.event(), context));
    }

    /** Without middleware, which is for handling. */
    @Override
    public void compensate(String name, int attempt, Boundary boundary) throws Exception {
        Call call = find(name);
        HandlingContext context = context(attempt);
        type.requestScope()
                .during(() -> CurrentHandling.during(
                        context, () -> boundary.around(() -> call.handler().compensate(call.event(), context))));
    }

    @Override
    public void failed(int attempt, Throwable failure) {
        for (Middleware middleware : middlewareAround(calls)) {
            try {
                HandlingContext context = context(attempt);
                type.requestScope().during(() -> middleware.failed(eventFor(middleware, calls), context, failure));
            } catch (Throwable e) {
                LOG.log(
                        Level.WARNING,
                        e,
                        "POSTHORN-5101 Middleware {0} threw in failed(). That changes nothing for the event.",
                        middleware.bean().name());
            }
        }
    }

    @Override
    public WhenExhausted exhausted(int attempt, Throwable failure) {
        for (Middleware middleware : middlewareAround(calls)) {
            WhenExhausted decision = ask(middleware, attempt, failure);
            if (decision != WhenExhausted.UNDECIDED) {
                return decision;
            }
        }
        return WhenExhausted.UNDECIDED;
    }

    private WhenExhausted ask(Middleware middleware, int attempt, Throwable failure) {
        try {
            AtomicReference<WhenExhausted> decision = new AtomicReference<>(WhenExhausted.UNDECIDED);
            type.requestScope()
                    .during(() ->
                            decision.set(middleware.exhausted(eventFor(middleware, calls), context(attempt), failure)));
            return Objects.requireNonNull(decision.get(), "exhausted() returned null");
        } catch (Throwable e) {
            LOG.log(
                    Level.WARNING,
                    e,
                    "POSTHORN-5102 Middleware {0} threw in exhausted() for {1}. It counts as UNDECIDED.",
                    middleware.bean().name(),
                    event);
            return WhenExhausted.UNDECIDED;
        }
    }

    /** The chain: middleware by priority, with the transaction in its place, and what is inside at last. */
    private void around(List<Call> handled, HandlingContext context, Boundary boundary, Next inside) throws Exception {
        Next chain = inside;
        boolean bounded = false;
        List<Middleware> all = middlewareAround(handled);
        for (int i = all.size() - 1; i >= 0; i--) {
            Middleware middleware = all.get(i);
            if (!bounded && middleware.priority() < EventMiddleware.TRANSACTION_PRIORITY) {
                chain = bounded(boundary, chain);
                bounded = true;
            }
            Next next = chain;
            chain = () -> middleware.around(eventFor(middleware, handled), context, next);
        }
        Next whole = bounded ? chain : bounded(boundary, chain);
        type.requestScope().during(() -> CurrentHandling.during(context, whole));
    }

    private static Next bounded(Boundary boundary, Next inside) {
        return () -> boundary.around(inside);
    }

    private Call find(String name) {
        return calls.stream()
                .filter(call -> call.handler().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no handler " + Printable.text(name)
                        + " of events of type '" + type.name()
                        + "' any more. Bring it back, or discard the event."));
    }

    private List<Middleware> middlewareAround(List<Call> handled) {
        return type.middleware().stream()
                .filter(middleware -> handled.stream().anyMatch(call -> middleware.standsAround(call.event())))
                .toList();
    }

    private static Object eventFor(Middleware middleware, List<Call> handled) {
        return handled.stream()
                .map(Call::event)
                .filter(middleware::standsAround)
                .findFirst()
                .orElseThrow();
    }

    private HandlingContext context(int attempt) {
        return new HandlingContext(
                event.id(), event.source(), event.type(), event.time(), channel, event.key(), event.headers(), attempt);
    }
}
