package dev.posthorn.serialize;

import dev.posthorn.spi.EventSerializer;
import java.util.Optional;

/** What is known of an {@link EventSerializer} before it has read or written anything. */
public interface SerializerRules {

    /** Those of a serializer of the application's own: nothing is known, so what it returns decides. */
    SerializerRules UNKNOWN = new SerializerRules() {

        @Override
        public Optional<String> unreadable(Class<?> javaClass) {
            return Optional.empty();
        }

        @Override
        public boolean tells(Class<?> read, Class<?> subclass) {
            return true;
        }

        @Override
        public boolean isWrittenEmpty(Class<?> javaClass) {
            return false;
        }
    };

    static SerializerRules of(EventSerializer serializer) {
        return serializer instanceof JsonbEventSerializer ? new JsonbRules() : UNKNOWN;
    }

    /** Why no data can be read as this class; empty if some can. */
    Optional<String> unreadable(Class<?> javaClass);

    /** Whether data that is read as one class becomes an object of this subclass of it, if that is what was written. */
    boolean tells(Class<?> read, Class<?> subclass);

    /** Whether nothing of an object of this class is written, although it has fields. */
    boolean isWrittenEmpty(Class<?> javaClass);
}
