package dev.posthorn.jpa.statement;

import dev.posthorn.spi.InboxId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What others chose, as the inbox can store it: anybody may have sent it. It may be longer than what an index takes, or have the one
 * character that PostgreSQL refuses, or halves of characters, for which drivers write question marks, or end with a blank, which Derby
 * does not see when it compares; then its beginning stands for it, with the hash of the whole. What is stored stands for itself.
 */
public final class InboxText {

    /** As long as the columns of ids. */
    static final int MAX_ID = 255;

    /** In bytes, it may be three times as much, and the index of Derby takes 16 kB. */
    private static final int MAX_KEY = 4000;

    /** Derby has no longer texts that can be compared. */
    private static final int MAX_PLAIN = 30_000;

    private static final int READABLE = 180;

    private InboxText() {}

    public static InboxId id(InboxId id) {
        return new InboxId(name(id.consumer()), bounded(id.source(), MAX_ID), bounded(id.id(), MAX_ID));
    }

    /** The name of a consumer or channel. */
    public static String name(String name) {
        return bounded(name, MAX_ID);
    }

    public static String key(String key) {
        return bounded(key, MAX_KEY);
    }

    /** A text that nothing is found by. */
    public static String plain(String text) {
        return text.length() <= MAX_PLAIN ? storable(text) : bounded(text, MAX_PLAIN);
    }

    private static String bounded(String text, int max) {
        boolean standsForItself = text.length() <= max && !text.endsWith(" ") && StorableText.isStorable(text);
        return standsForItself ? text : beginning(storable(text)) + '~' + hash(bytes(text));
    }

    /** With question marks for halves of characters, and blanks for the character that PostgreSQL refuses. */
    private static String storable(String text) {
        return StorableText.isStorable(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', ' ');
    }

    private static String beginning(String text) {
        if (text.length() <= READABLE) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(READABLE - 1)) ? READABLE - 1 : READABLE);
    }

    /** Another array for each text: halves of characters have no UTF-8, and no UTF-8 begins with this byte. */
    private static byte[] bytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (new String(utf8, StandardCharsets.UTF_8).equals(text)) {
            return utf8;
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(1 + text.length() * Character.BYTES).put((byte) 0xFF);
        bytes.asCharBuffer().put(text);
        return bytes.array();
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
