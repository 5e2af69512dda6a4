package dev.posthorn.jpa;

import jakarta.persistence.PersistenceException;
import java.nio.ByteBuffer;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Native queries answer with what provider and driver like best; this turns it into what we mean. */
final class Values {

    private Values() {}

    static UUID uuid(Object value) {
        if (value instanceof UUID uuid) {
            return uuid;
        }
        // Hibernate on H2 answers with the sixteen bytes.
        return value instanceof byte[] bytes
                ? uuid(ByteBuffer.wrap(bytes))
                : UUID.fromString(text(value).strip());
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    static long number(Object value) {
        return ((Number) value).longValue();
    }

    static @Nullable Long numberOrNull(@Nullable Object value) {
        return value == null ? null : number(value);
    }

    static int integer(Object value) {
        return ((Number) value).intValue();
    }

    static String text(Object value) {
        try {
            return value instanceof Clob clob ? clob.getSubString(1, Math.toIntExact(clob.length())) : value.toString();
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    static @Nullable String textOrNull(@Nullable Object value) {
        return value == null ? null : text(value);
    }

    static byte[] bytes(Object value) {
        try {
            return value instanceof Blob blob ? blob.getBytes(1, Math.toIntExact(blob.length())) : (byte[]) value;
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }
}
