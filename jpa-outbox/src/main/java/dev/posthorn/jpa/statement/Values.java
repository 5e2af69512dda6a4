package dev.posthorn.jpa.statement;

import dev.posthorn.log.Printable;
import jakarta.persistence.PersistenceException;
import java.nio.ByteBuffer;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Native queries answer with what provider and driver like best; this turns it into what we mean. */
public final class Values {

    private Values() {}

    public static UUID uuid(Object value) {
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

    /** Whether it is the id of an event, as an event has it; where ids are texts, anything may be there. */
    public static boolean isUuid(Object value) {
        try {
            return !(value instanceof String text) || uuid(text).toString().equals(text.strip());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * A time as text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Instant time(Object value) {
        try {
            return Instant.parse(text(value));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is '" + Printable.text(text(value)) + "', which is no time", e);
        }
    }

    /** A time in milliseconds. */
    public static Instant instant(Object value) {
        return Instant.ofEpochMilli(number(value));
    }

    /**
     * What is 0 or 1.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static boolean flag(Object value) {
        int code = integer(value);
        if (code != 0 && code != 1) {
            throw new IllegalArgumentException("is " + code + ", which is neither 0 nor 1");
        }
        return code == 1;
    }

    /** Whether a number of attempts is not 0. */
    public static boolean any(Object value) {
        int count = integer(value);
        if (count < 0) {
            throw new IllegalArgumentException("is " + count + ", which is no number of attempts");
        }
        return count > 0;
    }

    public static long number(Object value) {
        return ((Number) value).longValue();
    }

    public static @Nullable Long numberOrNull(@Nullable Object value) {
        return value == null ? null : number(value);
    }

    public static int integer(Object value) {
        return ((Number) value).intValue();
    }

    public static String text(Object value) {
        try {
            return value instanceof Clob clob ? clob.getSubString(1, Math.toIntExact(clob.length())) : value.toString();
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    public static @Nullable String textOrNull(@Nullable Object value) {
        return value == null ? null : text(value);
    }

    public static byte[] bytes(Object value) {
        try {
            return value instanceof Blob blob ? blob.getBytes(1, Math.toIntExact(blob.length())) : (byte[]) value;
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }
}
