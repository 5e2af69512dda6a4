package dev.posthorn.benchmarks.run;

import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Of equal runs, with the least and the most. */
final class Median {

    private final double[] sorted;

    Median(double[] sorted) {
        this.sorted = sorted;
    }

    static <T> Median of(Collection<T> runs, ToDoubleFunction<T> value) {
        return new Median(runs.stream().mapToDouble(value).sorted().toArray());
    }

    double value() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The median, and in parentheses the least and the most; empty where there is no such number. */
    String cell() {
        if (!Double.isFinite(sorted[0])) {
            return "";
        }
        String least = text(sorted[0]);
        String most = text(sorted[sorted.length - 1]);
        return least.equals(most) ? text(value()) : text(value()) + " (" + least + "–" + most + ")";
    }

    static String text(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
