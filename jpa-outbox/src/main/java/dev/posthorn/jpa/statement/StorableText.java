package dev.posthorn.jpa.statement;

/** Which texts can be stored at all. Drivers refuse others, or write something else in their place. */
public final class StorableText {

    private StorableText() {}

    /** Whether it has neither a NUL, which PostgreSQL does not store, nor half of a pair of surrogates, which no encoding has. */
    public static boolean isStorable(String text) {
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (codePoint == 0 || isSurrogate(codePoint)) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }

    /** Those of pairs are no code points of their own. */
    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
