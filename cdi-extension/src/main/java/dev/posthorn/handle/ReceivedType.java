package dev.posthorn.handle;

import dev.posthorn.PosthornException;
import dev.posthorn.WhenDead;
import dev.posthorn.capture.KeyReader;
import dev.posthorn.failure.FailureText;
import dev.posthorn.inbox.HandledType;
import dev.posthorn.inbox.Work;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.receive.UnreadableMessageException;
import dev.posthorn.spi.EventSerializer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A logical type with its handlers and middleware, each in the order in which they are called.
 *
 * @param idempotencyKeys how to read what takes the place of the event's id, for each class of the handlers
 */
record ReceivedType(
        String name,
        boolean ordered,
        WhenDead whenDead,
        List<Handler> handlers,
        List<Middleware> middleware,
        Map<Class<?>, KeyReader> idempotencyKeys,
        EventSerializer serializer,
        RequestScope requestScope)
        implements HandledType {

    @Override
    public Work open(ReceivedEvent event, String channel) {
        Map<Class<?>, Object> objects = new LinkedHashMap<>();
        for (Handler handler : handlers) {
            objects.computeIfAbsent(handler.eventClass(), wanted -> read(event, wanted));
        }
        return new OpenedWork(this, event, channel, objects);
    }

    @Nullable
    String idempotencyKey(Class<?> javaClass, Object event) {
        try {
            return Objects.requireNonNull(idempotencyKeys.get(javaClass)).read(event);
        } catch (PosthornException e) {
            throw new UnreadableMessageException(String.valueOf(e.getMessage()), FailureText.causeOf(e));
        }
    }

    private Object read(ReceivedEvent event, Class<?> wanted) {
        String error = "The data of " + event + " can't be read as " + wanted.getName();
        Object read;
        try {
            read = serializer.deserialize(event.data(), event.contentType(), wanted);
        } catch (VirtualMachineError e) {
            // Says nothing of the event.
            throw e;
        } catch (Throwable e) {
            throw new UnreadableMessageException(error + ".", e);
        }
        if (read == null) {
            throw new UnreadableMessageException(error + ": the EventSerializer returned null.");
        }
        return read;
    }
}
