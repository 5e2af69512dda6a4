package dev.posthorn.messaging;

import dev.posthorn.log.Printable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** What SmallRye's connectors put beside a payload. The MicroProfile API, compiled against, has no way to it. */
final class SmallRyeMetadata {

    private static final @Nullable Method OF_MESSAGE = method();

    private SmallRyeMetadata() {}

    /** The message's metadata of this type, if it has some. */
    static <M> @Nullable M of(Message<?> message, Class<M> type) {
        for (Object metadata : all(message)) {
            if (type.isInstance(metadata)) {
                return type.cast(metadata);
            }
        }
        return null;
    }

    private static Iterable<?> all(Message<?> message) {
        try {
            return OF_MESSAGE == null ? List.of() : (Iterable<?>) OF_MESSAGE.invoke(message);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("Not readable: " + Printable.text(message), e);
        }
    }

    /** What SmallRye's edition of the interface adds to it. */
    private static @Nullable Method method() {
        try {
            return Message.class.getMethod("getMetadata");
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
