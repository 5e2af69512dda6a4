package dev.posthorn.inbox;

import dev.posthorn.spi.IncomingMessage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Identifies a message that has neither an id nor a position: by everything that is in it. */
final class Digest {

    private final MessageDigest digest;

    private Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String of(IncomingMessage message) {
        Digest digest = new Digest();
        digest.add(message.attributes());
        digest.add(message.headers());
        digest.add(message.contentType());
        digest.add(message.key());
        digest.add(message.data());
        return HexFormat.of().formatHex(digest.digest.digest(), 0, 16);
    }

    private void add(Map<String, String> entries) {
        addNumber(entries.size());
        new TreeMap<>(entries).forEach((name, value) -> {
            add(name);
            add(value);
        });
    }

    /** As the chars that it has, since not all of them need be characters. */
    private void add(@Nullable String text) {
        if (text == null) {
            addNumber(-1);
            return;
        }
        ByteBuffer chars = ByteBuffer.allocate(text.length() * Character.BYTES);
        chars.asCharBuffer().put(text);
        add(chars.array());
    }

    /** The length comes first, so that no two messages have the same bytes here. */
    private void add(byte[] bytes) {
        addNumber(bytes.length);
        digest.update(bytes);
    }

    private void addNumber(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }
}
