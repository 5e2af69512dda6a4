package dev.posthorn.tck.faults;

import dev.posthorn.spi.EventSerializer;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Either would do. */
public final class TwoSerializers {

    private TwoSerializers() {}

    @ApplicationScoped
    public static class First extends NothingButItsName {}

    @ApplicationScoped
    public static class Second extends NothingButItsName {}

    abstract static class NothingButItsName implements EventSerializer {

        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public byte[] serialize(Object event) {
            return new byte[0];
        }

        @Override
        public <T> T deserialize(byte[] data, @Nullable String contentType, Class<T> type) {
            throw new UnsupportedOperationException("Nothing is received here.");
        }
    }
}
