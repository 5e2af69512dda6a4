package dev.posthorn.capture;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * Ids that begin with the time (UUID version 7), so that new rows come at the end of the primary key's index. Nothing else depends on
 * that time: the order of events is the database's.
 */
public final class EventIds {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private static final int RANDOM_BYTES = Short.BYTES + Long.BYTES;

    private final SecureRandom random = new SecureRandom();

    public UUID next(long millis) {
        // All at once: each draw takes a lock that all threads share.
        byte[] drawn = new byte[RANDOM_BYTES];
        random.nextBytes(drawn);
        ByteBuffer bytes = ByteBuffer.wrap(drawn);
        return new UUID(millis << 16 | VERSION | bytes.getShort() & 0xFFF, VARIANT | bytes.getLong() >>> 2);
    }
}
