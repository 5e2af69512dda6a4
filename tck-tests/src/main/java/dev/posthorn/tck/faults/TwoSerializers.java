package dev.posthorn.tck.faults;

import dev.posthorn.spi.EventSerializer;
import jakarta.enterprise.context.ApplicationScoped;

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
    }
}
