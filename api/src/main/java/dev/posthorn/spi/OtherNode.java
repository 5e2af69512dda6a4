package dev.posthorn.spi;

import dev.posthorn.log.Printable;
import java.time.Duration;

/**
 * What a node sees of another one of its application.
 *
 * @param id that of {@link Node}
 * @param notices how often it has {@linkplain NodeStore#giveNotice given notice}
 * @param silence for how long it has not been heard of, by the clock of the store
 */
public record OtherNode(String id, long notices, Duration silence) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
