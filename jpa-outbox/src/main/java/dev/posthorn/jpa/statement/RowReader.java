package dev.posthorn.jpa.statement;

import dev.posthorn.log.FailureText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a row column by column. A value that can't be read does not end the reading: the reader remembers what is wrong with it, so that one bad
 * row leaves its neighbours alone.
 *
 * <p>Only an {@link IllegalArgumentException} blames the value. Anything else, such as a connection that fails while a large value is fetched, says
 * nothing of the row, and is thrown.
 */
public final class RowReader {

    private final @Nullable Object[] row;
    private final List<String> problems = new ArrayList<>(0);

    public RowReader(@Nullable Object[] row) {
        this.row = row;
    }

    /**
     * What a column says; null if that can't be read.
     *
     * @param reader throws an {@link IllegalArgumentException} that says what is wrong with the value
     */
    public <T> @Nullable T read(int column, String name, Function<Object, T> reader) {
        Object value = row[column];
        if (value == null) {
            problems.add(name + " is missing");
            return null;
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            problems.add(name + " " + FailureText.messageOf(e));
            return null;
        }
    }

    /** What a column says, or what stands in for it. */
    public <T> T read(int column, String name, Function<Object, T> reader, T otherwise) {
        T value = read(column, name, reader);
        return value == null ? otherwise : value;
    }

    public String text(int column, String name) {
        return read(column, name, Values::text, "");
    }

    @Nullable
    public String textOrNull(int column) {
        return Values.textOrNull(row[column]);
    }

    @Nullable
    public Instant instantOrNull(int column) {
        Object value = row[column];
        return value == null ? null : Values.instant(value);
    }

    /** What a column says of the last error, if anything; or else what can't be read. */
    @Nullable
    public String error(int column) {
        String stored = textOrNull(column);
        return stored == null ? problem().orElse(null) : stored;
    }

    /** What was read does not belong there. */
    public void refuse(String problem) {
        problems.add(problem);
    }

    /** What can't be read of what was asked for; empty if nothing. */
    public Optional<String> problem() {
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of("The row can't be read: " + String.join(", ", problems) + ".");
    }
}
