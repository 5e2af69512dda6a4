package dev.posthorn.jpa;

/** Which texts can stand in the outbox at all. Drivers refuse others, or write something else in their place. */
final class OutboxText {

    private OutboxText() {}

    /** Whether it has neither a NUL, which PostgreSQL does not store, nor half of a pair of surrogates, which no encoding has. */
    static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && text.codePoints().noneMatch(OutboxText::isSurrogate);
    }

    /** Those of pairs are no code points of their own. */
    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
