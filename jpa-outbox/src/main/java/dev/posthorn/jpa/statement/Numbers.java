package dev.posthorn.jpa.statement;

import dev.posthorn.spi.Node;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The numbers that stand for names in the indexes: the first eight bytes of a SHA-256, without the sign. Any database or language can
 * compute them, and they never change, since they are stored.
 *
 * <p>Keys may be many, so a key is compared as well wherever its number is. Two channels or two nodes with the same number would take a
 * million million of them.
 */
public final class Numbers {

    /** Whose rows those are that nobody sends: delayed, waiting, parked or dead. */
    public static final long NOBODY = 0;

    /** No name can have it, so it keeps the names apart. */
    private static final String SEPARATOR = "\0";

    private Numbers() {}

    /** That of an application's channel. */
    public static long lane(String application, String channel) {
        return of(application + SEPARATOR + channel);
    }

    /** That of a node: its rows have it, or the same with a minus if they have been put away before. */
    public static long owner(Node node) {
        return owner(node.id());
    }

    public static long owner(String node) {
        return of(node);
    }

    public static long key(String key) {
        return of(key);
    }

    /** A positive number. */
    private static long of(String text) {
        byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        long number = ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE;
        return number == 0 ? 1 : number;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
