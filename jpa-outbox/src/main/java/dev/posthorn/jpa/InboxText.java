package dev.posthorn.jpa;

import dev.posthorn.spi.InboxId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What others chose, as the inbox can store it: anybody may have sent it. It may be longer than what an index takes, or have the one
 * character that PostgreSQL refuses, or end with a blank, which Derby does not see when it compares; then its beginning stands for it,
 * with the hash of the whole. What is stored stands for itself.
 */
final class InboxText {

    /** As long as the columns of ids. */
    static final int MAX_ID = 255;

    /** In bytes, it may be three times as much, and the index of Derby takes 16 kB. */
    private static final int MAX_KEY = 4000;

    /** Derby has no longer texts that can be compared. */
    private static final int MAX_PLAIN = 30_000;

    private static final int READABLE = 180;

    private InboxText() {}

    static InboxId id(InboxId id) {
        return new InboxId(name(id.consumer()), bounded(id.source(), MAX_ID), bounded(id.id(), MAX_ID));
    }

    /** The name of a consumer or channel. */
    static String name(String name) {
        return bounded(name, MAX_ID);
    }

    static String key(String key) {
        return bounded(key, MAX_KEY);
    }

    /** A text that nothing is found by. */
    static String plain(String text) {
        return text.length() <= MAX_PLAIN ? withoutNul(text) : bounded(text, MAX_PLAIN);
    }

    private static String bounded(String text, int max) {
        boolean storable = text.length() <= max && text.indexOf('\0') < 0 && !text.endsWith(" ");
        return storable ? text : beginning(withoutNul(text)) + '~' + hash(text);
    }

    private static String withoutNul(String text) {
        return text.replace('\0', ' ');
    }

    private static String beginning(String text) {
        if (text.length() <= READABLE) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(READABLE - 1)) ? READABLE - 1 : READABLE);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
