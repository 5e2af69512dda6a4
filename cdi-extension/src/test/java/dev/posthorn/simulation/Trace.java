package dev.posthorn.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened in a run, in words, for those who want to read it. */
public final class Trace {

    private final boolean wanted;
    private final List<String> lines = new ArrayList<>();

    public Trace(boolean wanted) {
        this.wanted = wanted;
    }

    public void add(long now, int depth, Supplier<String> line) {
        if (wanted) {
            lines.add(String.format("%8.3f s %s%s", now / 1e9, "| ".repeat(depth), line.get()));
        }
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
