package dev.posthorn.handle;

import dev.posthorn.EventMiddleware;
import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.EventMiddleware.WhenExhausted;
import dev.posthorn.HandlingContext;
import dev.posthorn.failure.FailureText;
import dev.posthorn.inbox.Work;
import dev.posthorn.receive.ReceivedEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One event, as an object of each class that its handlers want, and the chain around them. */
final class OpenedWork implements Work {

    private static final Logger LOG = System.getLogger("dev.posthorn.inbox");

    private final ReceivedType type;
    private final ReceivedEvent event;
    private final String channel;
    private final Map<Class<?>, Object> objects;

    OpenedWork(ReceivedType type, ReceivedEvent event, String channel, Map<Class<?>, Object> objects) {
        this.type = type;
        this.event = event;
        this.channel = channel;
        this.objects = objects;
    }

    @Override
    public @Nullable String idempotencyKey() {
        return objects.entrySet().stream()
                .map(object -> type.idempotencyKey(object.getKey(), object.getValue()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<String> handlers() {
        return type.handlers().stream().map(Handler::name).toList();
    }

    @Override
    public void handleAll(int attempt, Boundary boundary) throws Exception {
        HandlingContext context = context(attempt);
        around(objects.keySet(), context, boundary, () -> {
            for (Handler handler : type.handlers()) {
                handler.handle(object(handler), context);
            }
        });
    }

    @Override
    public void handle(String name, int attempt, Boundary boundary) throws Exception {
        Handler handler = find(name);
        HandlingContext context = context(attempt);
        around(List.of(handler.eventClass()), context, boundary, () -> handler.handle(object(handler), context));
    }

    /** Without middleware, which is for handling. */
    @Override
    public void compensate(String name, int attempt, Boundary boundary) throws Exception {
        Handler handler = find(name);
        HandlingContext context = context(attempt);
        type.requestScope()
                .during(() -> CurrentHandling.during(
                        context, () -> boundary.around(() -> handler.compensate(object(handler), context))));
    }

    @Override
    public void failed(int attempt, Throwable failure) {
        for (Middleware middleware : type.middleware()) {
            try {
                HandlingContext context = context(attempt);
                type.requestScope().during(() -> middleware.failed(objectFor(middleware), context, failure));
            } catch (Throwable e) {
                LOG.log(
                        Level.WARNING,
                        "POSTHORN-5101 Middleware " + middleware.bean().name()
                                + " threw in failed(). That changes nothing for the event.",
                        FailureText.printable(e));
            }
        }
    }

    @Override
    public WhenExhausted exhausted(int attempt, Throwable failure) {
        for (Middleware middleware : type.middleware()) {
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
                    .during(() -> decision.set(middleware.exhausted(objectFor(middleware), context(attempt), failure)));
            return Objects.requireNonNull(decision.get(), "exhausted() returned null");
        } catch (Throwable e) {
            LOG.log(
                    Level.WARNING,
                    "POSTHORN-5102 Middleware " + middleware.bean().name()
                            + " threw in exhausted() for " + event
                            + ". It counts as UNDECIDED.",
                    FailureText.printable(e));
            return WhenExhausted.UNDECIDED;
        }
    }

    /** The chain: middleware by priority, with the transaction in its place, and what is inside at last. */
    private void around(Collection<Class<?>> handled, HandlingContext context, Boundary boundary, Next inside)
            throws Exception {
        Next chain = inside;
        boolean bounded = false;
        List<Middleware> all = type.middleware().stream()
                .filter(middleware -> handled.stream().anyMatch(middleware::standsAround))
                .toList();
        for (int i = all.size() - 1; i >= 0; i--) {
            Middleware middleware = all.get(i);
            if (!bounded && middleware.priority() < EventMiddleware.TRANSACTION_PRIORITY) {
                chain = bounded(boundary, chain);
                bounded = true;
            }
            Next next = chain;
            chain = () -> middleware.around(objectFor(middleware), context, next);
        }
        Next whole = bounded ? chain : bounded(boundary, chain);
        type.requestScope().during(() -> CurrentHandling.during(context, whole));
    }

    private static Next bounded(Boundary boundary, Next inside) {
        return () -> boundary.around(inside);
    }

    private Handler find(String name) {
        return type.handlers().stream()
                .filter(handler -> handler.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no handler " + name
                        + " of events of type '" + type.name()
                        + "' any more. Bring it back, or discard the event."));
    }

    private Object object(Handler handler) {
        return Objects.requireNonNull(objects.get(handler.eventClass()));
    }

    private Object objectFor(Middleware middleware) {
        return objects.entrySet().stream()
                .filter(object -> middleware.standsAround(object.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private HandlingContext context(int attempt) {
        return new HandlingContext(
                event.id(), event.source(), event.type(), event.time(), channel, event.key(), event.headers(), attempt);
    }
}
