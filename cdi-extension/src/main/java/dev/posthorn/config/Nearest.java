package dev.posthorn.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the name that somebody may have meant who wrote another. */
public final class Nearest {

    private static final int MOST_ERRORS = 4;

    private Nearest() {}

    /** The name that differs least, if it differs by a few letters only. Case, hyphens, underscores and quotes don't count. */
    public static Optional<String> to(String written, Collection<String> names) {
        String plain = plain(written);
        int errors = Math.min(MOST_ERRORS, Math.max(1, plain.length() / 3)) + 1;
        String nearest = null;
        for (String name : new TreeSet<>(names)) {
            int distance = distance(plain, plain(name));
            if (distance < errors) {
                errors = distance;
                nearest = name;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_\"']", "");
    }

    /** How many letters have to be changed, added, left out, or exchanged with their neighbours. */
    private static int distance(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        for (int j = 0; j < last.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                row[j] = Math.min(last[j - 1] + (same ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[other.length()];
    }
}
