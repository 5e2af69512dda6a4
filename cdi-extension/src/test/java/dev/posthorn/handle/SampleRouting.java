package dev.posthorn.handle;

import dev.posthorn.HandlingContext;
import dev.posthorn.WhenDead;
import dev.posthorn.config.MapConfig;
import dev.posthorn.inbox.Work;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.serialize.JsonbRules;
import dev.posthorn.serialize.SerializerRules;
import dev.posthorn.spi.EventSerializer;
import dev.posthorn.type.EventType;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Handlers that write down what they are called with, of events that go through JSON. */
final class SampleRouting {

    /** Into which classes events were read. */
    final List<Class<?>> read = new ArrayList<>();

    SerializerRules rules = new JsonbRules();

    /** Null for JSON-B's. */
    @Nullable
    Function<Class<?>, Object> reading;

    private final Jsonb jsonb = JsonbBuilder.create();
    private final List<Handler> handlers = new ArrayList<>();
    private final Set<Class<?>> known = new LinkedHashSet<>();
    private final List<String> called = new ArrayList<>();

    void close() throws Exception {
        jsonb.close();
    }

    void take(Class<?>... eventClasses) {
        for (Class<?> eventClass : eventClasses) {
            handlers.add(new Noting(eventClass));
        }
    }

    /** Annotated classes of the application. */
    void know(Class<?>... classes) {
        known.addAll(List.of(classes));
    }

    Routing routing() {
        Routing routing = new Routing(MapConfig.of(), rules, known);
        routing.addAll(handlers);
        return routing;
    }

    List<String> problems() {
        return routing().problems();
    }

    /** Publishes and handles an event: which handlers are called, and with what. */
    List<String> called(Object event) throws Exception {
        called.clear();
        open(event).handleAll(1, inside -> inside.proceed());
        return List.copyOf(called);
    }

    Work open(Object event) {
        String type =
                EventType.of(event.getClass(), MapConfig.of()).orElseThrow().name();
        return open(type, jsonb.toJson(event));
    }

    Work open(String type, String json) {
        Routing routing = routing();
        if (!routing.problems().isEmpty()) {
            throw new AssertionError(routing.problems());
        }
        List<Route> routes = routing.routes().stream()
                .filter(route -> route.type().name().equals(type))
                .sorted((one, other) ->
                        one.handler().name().compareTo(other.handler().name()))
                .toList();
        ReceivedType received = new ReceivedType(
                type,
                true,
                WhenDead.BLOCK,
                routes,
                List.of(),
                new ConcurrentHashMap<>(),
                new Json(),
                work -> work.proceed());
        return received.open(
                new ReceivedEvent(
                        "1", "/sender", true, type, null, null, null, Map.of(), json.getBytes(StandardCharsets.UTF_8)),
                "accounts");
    }

    private final class Json implements EventSerializer {

        @Override
        public String contentType() {
            return "application/json";
        }

        @Override
        public byte[] serialize(Object event) {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T deserialize(byte[] data, @Nullable String contentType, Class<T> type) {
            read.add(type);
            return reading == null
                    ? jsonb.fromJson(new String(data, StandardCharsets.UTF_8), type)
                    : (T) reading.apply(type);
        }
    }

    private final class Noting implements Handler {

        private final Class<?> eventClass;

        Noting(Class<?> eventClass) {
            this.eventClass = eventClass;
        }

        @Override
        public String name() {
            return "handler of " + eventClass.getSimpleName();
        }

        @Override
        public int priority() {
            return 1;
        }

        @Override
        public Class<?> eventClass() {
            return eventClass;
        }

        @Override
        public void handle(Object event, HandlingContext context) {
            called.add(eventClass.getSimpleName() + ": "
                    + eventClass.cast(event).getClass().getSimpleName());
        }

        @Override
        public void compensate(Object event, HandlingContext context) {}
    }
}
