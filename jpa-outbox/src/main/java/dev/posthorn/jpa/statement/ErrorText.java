package dev.posthorn.jpa.statement;

/** Nobody chose the text of an error: it may be long, and have characters that PostgreSQL refuses. */
public final class ErrorText {

    static final int MAX_LENGTH = 2000;

    private ErrorText() {}

    public static String storable(String error) {
        String text = error.replace('\0', ' ');
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end);
    }
}
