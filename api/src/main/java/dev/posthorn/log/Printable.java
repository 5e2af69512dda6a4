package dev.posthorn.log;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A text that comes from elsewhere, as a log or message may show it: of bounded length, and without anything that looks like a line of
 * its own, or hides what is there, or is a command to a terminal. Never throws, whatever the methods of the given object do.
 */
public final class Printable {

    /** Of an id, a key, a type, or another name. */
    private static final int LONGEST_NAME = 200;

    /** Of what is made of several names. */
    private static final int LONGEST = 1000;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private final String text;

    private Printable(String text) {
        this.text = text;
    }

    /** At most 200 characters of a text, 1000 of something else, 2000 of a failure. */
    public static Printable of(@Nullable Object value) {
        if (value instanceof Printable printable) {
            return printable;
        }
        if (value instanceof Throwable failure) {
            return new Printable(FailureText.of(failure));
        }
        return upTo(value instanceof CharSequence ? LONGEST_NAME : LONGEST, value);
    }

    /** The same, as a string. */
    public static String text(@Nullable Object value) {
        return of(value).text;
    }

    public static Printable upTo(int most, @Nullable Object value) {
        String raw = string(value);
        // Not all of a large text is looked at: each character of the result comes from at most two.
        boolean isTooLong = raw.length() > most;
        String beginning = isTooLong ? raw.substring(0, most) : raw;
        String clean = isClean(beginning) ? beginning : cleaned(beginning);
        return new Printable(isTooLong ? clean + "..." : clean);
    }

    /** A record with its components, each as it may be shown, and with the size of an array in its place. */
    public static String record(Record value) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        return value.getClass().getSimpleName()
                + Arrays.stream(components)
                        .map(component -> component.getName() + "=" + component(component, value))
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String component(RecordComponent component, Record value) {
        try {
            component.getAccessor().trySetAccessible();
            Object content = component.getAccessor().invoke(value);
            boolean isArray = content != null && content.getClass().isArray();
            return isArray ? "(" + Array.getLength(content) + ")" : text(content);
        } catch (Exception e) {
            return unprintable(e);
        }
    }

    private static String string(@Nullable Object value) {
        try {
            return String.valueOf(String.valueOf(value));
        } catch (Throwable e) {
            return unprintable(e);
        }
    }

    private static String unprintable(Throwable e) {
        return "(it can't be printed: " + e.getClass().getName() + ")";
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return text.codePoints().allMatch(Printable::isShown);
            }
        }
        return true;
    }

    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(isShown(c) ? c : '?'));
        return clean.toString();
    }

    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // They change the direction of what follows, or can't be seen; languages and emoji need these two.
            case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
