package dev.posthorn.handle;

import dev.posthorn.IdempotencyKey;
import dev.posthorn.PosthornException;
import dev.posthorn.WhenDead;
import dev.posthorn.capture.KeyReader;
import dev.posthorn.inbox.HandledType;
import dev.posthorn.inbox.Work;
import dev.posthorn.log.FailureText;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.receive.UnreadableMessageException;
import dev.posthorn.spi.EventSerializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A logical type with its handlers and with all middleware, each in the order in which they are called.
 *
 * @param idempotencyKeys how to read what takes the place of the event's id, for each class that events were of
 */
record ReceivedType(
        String name,
        boolean ordered,
        WhenDead whenDead,
        List<Route> routes,
        List<Middleware> middleware,
        ConcurrentMap<Class<?>, KeyReader> idempotencyKeys,
        EventSerializer serializer,
        RequestScope requestScope)
        implements HandledType {

    @Override
    public Work open(ReceivedEvent event, String channel) {
        Map<Class<?>, Object> objects = new LinkedHashMap<>();
        List<Call> calls = new ArrayList<>();
        for (Route route : routes) {
            Object object = objects.computeIfAbsent(route.read(), wanted -> read(event, wanted));
            if (route.handler().eventClass().isInstance(object)) {
                calls.add(new Call(route.handler(), object));
            }
        }
        return new OpenedWork(this, event, channel, List.copyOf(objects.values()), calls);
    }

    @Nullable
    String idempotencyKey(Object event) {
        try {
            return idempotencyKeys
                    .computeIfAbsent(event.getClass(), javaClass -> KeyReader.of(javaClass, IdempotencyKey.class))
                    .read(event);
        } catch (PosthornException e) {
            throw new UnreadableMessageException(String.valueOf(e.getMessage()), FailureText.causeOf(e));
        }
    }

    private Object read(ReceivedEvent event, Class<?> wanted) {
        Object read;
        try {
            read = serializer.deserialize(event.data(), event.contentType(), wanted);
        } catch (StackOverflowError e) {
            throw new UnreadableMessageException(notReadAs(wanted, event) + ": it is nested too deeply.", e);
        } catch (VirtualMachineError e) {
            // Says nothing of the event.
            throw e;
        } catch (Throwable e) {
            throw new UnreadableMessageException(notReadAs(wanted, event) + ".", e);
        }
        if (read == null) {
            throw new UnreadableMessageException(notReadAs(wanted, event) + ": the EventSerializer returned null.");
        }
        return read;
    }

    private static String notReadAs(Class<?> wanted, ReceivedEvent event) {
        return "The data of " + event + " can't be read as " + wanted.getName();
    }
}
