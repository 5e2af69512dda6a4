package dev.posthorn.receive;

import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * Looks at JSON before it is parsed: each text that is none by RFC 8259 is refused, whoever reads it. Parsers pass over mistakes where a
 * class has no property, and over what follows the first document. Nor do they bound what they take: too deep a text overflows their
 * stack, and a number of a million digits costs minutes.
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

    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String HEX_DIGITS = "0123456789abcdefABCDEF";

    /** Stands behind the last character, and nowhere in JSON. */
    private static final char END = '\0';

    private final char[] text;
    private final int length;
    private int at;
    private int depth;

    /** At which depths there are objects; at others there are arrays. */
    private final BitSet objects = new BitSet();

    JsonScan(String text) {
        this.length = text.length();
        this.text = new char[length + 1];
        text.getChars(0, length, this.text, 0);
    }

    void check() {
        boolean isValueNext = true;
        while (isValueNext || depth > 0) {
            isValueNext = isValueNext ? passValue() : passSeparator();
        }
        if (afterWhiteSpace() != END || at < length) {
            throw unreadable("goes on after the end of the JSON document, at character " + at);
        }
    }

    /** Returns whether a value has to follow: the first one of an object or array. */
    private boolean passValue() {
        char first = afterWhiteSpace();
        switch (first) {
            case '{' -> {
                open(true);
                if (afterWhiteSpace() == '}') {
                    return false;
                }
                passName();
                return true;
            }
            case '[' -> {
                open(false);
                return afterWhiteSpace() != ']';
            }
            case '"' -> passString();
            case 't' -> passLiteral("true");
            case 'f' -> passLiteral("false");
            case 'n' -> passLiteral("null");
            default -> passNumber();
        }
        return false;
    }

    /** Returns whether a value has to follow: the object or array is not at its end. */
    private boolean passSeparator() {
        boolean isInObject = objects.get(depth);
        char separator = afterWhiteSpace();
        if (separator == (isInObject ? '}' : ']')) {
            at++;
            depth--;
            return false;
        }
        pass(',');
        if (isInObject) {
            passName();
        }
        return true;
    }

    private void open(boolean isObject) {
        at++;
        if (++depth > DEEPEST) {
            throw unreadable("is nested more than " + DEEPEST + " deep");
        }
        objects.set(depth, isObject);
    }

    private void passName() {
        afterWhiteSpace();
        passString();
        afterWhiteSpace();
        pass(':');
    }

    private void passLiteral(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            pass(literal.charAt(i));
        }
    }

    private void passString() {
        pass('"');
        int begin = at;
        for (skipPlain(); current() != '"'; skipPlain()) {
            pass('\\');
            passEscape();
        }
        if (at - begin > LONGEST_STRING_OF_DIGITS && isOfDigits(passed(begin))) {
            throw unreadable("has a string of more than " + LONGEST_STRING_OF_DIGITS + " digits");
        }
        at++;
    }

    /** With locals, since nearly all the time of a scan is spent here. */
    private void skipPlain() {
        char[] chars = text;
        int end = at;
        char c = chars[end];
        while (c >= ' ' && c != '"' && c != '\\') {
            c = chars[++end];
        }
        at = end;
    }

    private void passEscape() {
        boolean isOfCode = current() == 'u';
        passOneOf(isOfCode ? "u" : ESCAPED);
        for (int i = 0; isOfCode && i < 4; i++) {
            passOneOf(HEX_DIGITS);
        }
    }

    private static boolean isOfDigits(String string) {
        return !NO_DIGITS.matcher(ESCAPE.matcher(string).replaceAll("0")).find();
    }

    private void passNumber() {
        int begin = at;
        skip('-');
        if (!skip('0')) {
            passDigits();
        }
        if (skip('.')) {
            passDigits();
        }
        int mark = at;
        boolean hasExponent = skip('e') || skip('E');
        if (hasExponent) {
            if (!skip('-')) {
                skip('+');
            }
            passDigits();
        }
        if (hasExponent || mark - begin > DIGITS_OF_DOUBLES) {
            checkNumber(passed(begin), mark - begin, hasExponent ? exponent(mark) : 0);
        }
    }

    private void passDigits() {
        if (!isDigit(current())) {
            throw unexpected();
        }
        while (isDigit(current())) {
            at++;
        }
    }

    private static void checkNumber(String number, int digits, int exponent) {
        if (digits + Math.abs(exponent) > MOST_DIGITS) {
            throw unreadable("has a number of more than " + MOST_DIGITS + " digits");
        }
        if (digits + exponent > DIGITS_OF_DOUBLES && Double.isInfinite(Double.parseDouble(number))) {
            throw unreadable("has a number out of the range of a double, " + abbreviated(number));
        }
    }

    /** Of the number that has just been passed, from its mark on. Any more than the most digits is as good as any other. */
    private int exponent(int mark) {
        int exponent = 0;
        for (int i = mark + 1; i < at && exponent <= MOST_DIGITS; i++) {
            char c = text[i];
            exponent = isDigit(c) ? exponent * 10 + (c - '0') : exponent;
        }
        return text[mark + 1] == '-' ? -exponent : exponent;
    }

    private static String abbreviated(String number) {
        return number.length() > 30 ? number.substring(0, 30) + "..." : number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private String passed(int begin) {
        return new String(text, begin, at - begin);
    }

    private char current() {
        return text[at];
    }

    private char afterWhiteSpace() {
        char c = current();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = text[++at];
        }
        return c;
    }

    private void pass(char expected) {
        if (current() != expected) {
            throw unexpected();
        }
        at++;
    }

    private void passOneOf(String expected) {
        if (expected.indexOf(current()) < 0) {
            throw unexpected();
        }
        at++;
    }

    private boolean skip(char optional) {
        boolean isThere = current() == optional;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private UnreadableMessageException unexpected() {
        return unreadable(
                at < length
                        ? "is no JSON: " + current() + " is not expected at character " + at
                        : "ends before the JSON document does");
    }

    private static UnreadableMessageException unreadable(String what) {
        return new UnreadableMessageException("The data " + what + ". Let the sender mend that.");
    }
}
