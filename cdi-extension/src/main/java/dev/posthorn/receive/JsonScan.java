package dev.posthorn.receive;

import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * Looks at JSON before it is parsed. Parsers pass over what follows the first document, overflow the stack where it is nested too deeply,
 * take minutes for a number of a million digits, and for ever to skip an object that does not end: such texts are refused here. All
 * other mistakes are left to the parser.
 */
final class JsonScan {

    /** Of objects and arrays. */
    static final int DEEPEST = 500;

    /** Of a number as it would be written without an exponent. */
    static final int MOST_DIGITS = 1000;

    /** Of a string of digits, since a class may read it into a number. */
    static final int LONGEST_STRING_OF_DIGITS = 20_000;

    /** A number with fewer digits before its point is within the range of a double. */
    private static final int DIGITS_OF_DOUBLES = 308;

    private static final Pattern ESCAPE = Pattern.compile("\\\\u00[0-9a-fA-F]{2}");
    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9+\\-.,:eETZ ]");

    private final String text;
    private int at;
    private int depth;
    private boolean complete;

    /** At which depths there are objects; at others there are arrays. */
    private final BitSet objects = new BitSet();

    JsonScan(String text) {
        this.text = text;
    }

    void check() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                at++;
            } else if (complete) {
                throw unreadable("goes on after the end of the JSON document, at character " + at);
            } else {
                pass(c);
                complete = depth == 0;
            }
        }
        if (!complete) {
            throw unreadable(text.isBlank() ? "is empty" : "ends before the JSON document does");
        }
    }

    private void pass(char c) {
        switch (c) {
            case '"' -> passString();
            case '{', '[' -> open(c);
            case '}', ']' -> close(c);
            case ',', ':' -> at++;
            default -> passScalar(c);
        }
    }

    private void open(char bracket) {
        at++;
        if (++depth > DEEPEST) {
            throw unreadable("is nested more than " + DEEPEST + " deep");
        }
        objects.set(depth, bracket == '{');
    }

    private void close(char bracket) {
        if (depth == 0 || objects.get(depth) != (bracket == '}')) {
            throw unreadable("closes what it has not opened, at character " + at);
        }
        at++;
        depth--;
    }

    private void passString() {
        int begin = ++at;
        int length = text.length();
        while (at < length && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= length) {
            throw unreadable("ends within a string");
        }
        if (at - begin > LONGEST_STRING_OF_DIGITS && isOfDigits(text.substring(begin, at))) {
            throw unreadable("has a string of more than " + LONGEST_STRING_OF_DIGITS + " digits");
        }
        at++;
    }

    private static boolean isOfDigits(String string) {
        return !NO_DIGITS.matcher(ESCAPE.matcher(string).replaceAll("0")).find();
    }

    /** A number or a literal; if it is neither, the parser says so. */
    private void passScalar(char first) {
        int begin = at++;
        boolean hasExponent = false;
        while (at < text.length() && isScalar(text.charAt(at))) {
            hasExponent |= (text.charAt(at) | 0x20) == 'e';
            at++;
        }
        boolean isNumber = first == '-' || isDigit(first);
        if (isNumber && (hasExponent || at - begin > DIGITS_OF_DOUBLES)) {
            checkNumber(text.substring(begin, at));
        }
    }

    private void checkNumber(String number) {
        int mark = Math.max(number.indexOf('e'), number.indexOf('E'));
        int digits = mark < 0 ? number.length() : mark;
        int exponent = mark < 0 ? 0 : exponent(number, mark + 1);
        if (digits + Math.abs(exponent) > MOST_DIGITS) {
            throw unreadable("has a number of more than " + MOST_DIGITS + " digits");
        }
        if (digits + exponent > DIGITS_OF_DOUBLES && isInfinite(number)) {
            throw unreadable("has a number out of the range of a double, " + abbreviated(number));
        }
    }

    /** Any more than the most digits is as good as any other. */
    private static int exponent(String number, int begin) {
        int exponent = 0;
        for (int i = begin; i < number.length() && exponent <= MOST_DIGITS; i++) {
            char c = number.charAt(i);
            exponent = isDigit(c) ? exponent * 10 + (c - '0') : exponent;
        }
        return number.startsWith("-", begin) ? -exponent : exponent;
    }

    private static boolean isInfinite(String number) {
        try {
            return Double.isInfinite(Double.parseDouble(number));
        } catch (NumberFormatException e) {
            return false; // the parser says so
        }
    }

    private static String abbreviated(String number) {
        return number.length() > 30 ? number.substring(0, 30) + "..." : number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isScalar(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '+' || c == '.';
    }

    private static UnreadableMessageException unreadable(String what) {
        return new UnreadableMessageException("The data " + what + ". Let the sender mend that.");
    }
}
