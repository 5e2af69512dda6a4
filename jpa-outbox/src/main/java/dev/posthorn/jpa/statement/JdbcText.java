package dev.posthorn.jpa.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A statement as JDBC has it, which knows parameters by their order alone.
 *
 * @param positions for each question mark, which parameter it stands for
 */
record JdbcText(String text, List<Integer> positions) {

    /** There are far fewer; a statement too many costs no more than its translation. */
    private static final int MOST = 4096;

    private static final Map<String, JdbcText> KNOWN = new ConcurrentHashMap<>();

    /** Translates a statement whose parameters are numbered: {@code ?1}, {@code ?2}. It has no other question marks. */
    static JdbcText of(String sql) {
        JdbcText known = KNOWN.get(sql);
        if (known != null) {
            return known;
        }
        JdbcText translated = translate(sql);
        if (KNOWN.size() < MOST) {
            KNOWN.put(sql, translated);
        }
        return translated;
    }

    private static JdbcText translate(String sql) {
        StringBuilder text = new StringBuilder(sql.length());
        List<Integer> positions = new ArrayList<>();
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            text.append(c);
            if (c == '?') {
                int end = endOfDigits(sql, at);
                positions.add(Integer.parseInt(sql, at, end, 10));
                at = end;
            }
        }
        return new JdbcText(text.toString(), List.copyOf(positions));
    }

    private static int endOfDigits(String sql, int from) {
        int end = from;
        while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
            end++;
        }
        return end;
    }
}
