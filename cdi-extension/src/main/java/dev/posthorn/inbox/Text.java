package dev.posthorn.inbox;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Errors and data as texts that fit into a column. */
final class Text {

    private static final int LONGEST = 2000;

    private Text() {}

    /** What an operator wants to know of an error. */
    static String of(Throwable error) {
        StringBuilder text = new StringBuilder(error.toString());
        for (Throwable cause = error.getCause(); cause != null && text.length() < LONGEST; cause = cause.getCause()) {
            text.append("; caused by ").append(cause);
        }
        return text.substring(0, Math.min(text.length(), LONGEST));
    }

    static String digest(byte[] data) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(data);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
