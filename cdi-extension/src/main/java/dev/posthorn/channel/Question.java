package dev.posthorn.channel;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A question to the store whose turn it is; the answer is of a moment after it was made. */
public final class Question {

    static final int MOST = 500;

    /** What is between these is worth waiting for more. */
    private static final int LEAST_UNDER_LOAD = 3;

    private static final int LARGE = 100;

    final int number;
    final List<Asked> asked;
    private final Set<Long> delivered;

    /**
     * An event whose turn is asked for.
     *
     * @param ahead what was ahead of it in its lane
     */
    record Asked(Entry entry, @Nullable Entry ahead) {}

    Question(int number, List<Asked> asked, Set<Long> delivered) {
        this.number = number;
        this.asked = asked;
        this.delivered = delivered;
    }

    /** The numbers of the events whose turn is asked for. */
    public List<Long> numbers() {
        return asked.stream().map(each -> each.entry.seq).toList();
    }

    /** The numbers of what counts as delivered, whatever the store knows. */
    public Set<Long> delivered() {
        return delivered;
    }

    /** Whether events come so fast that one question for more of them would be cheaper; a large one is cheap enough. */
    public boolean isOneOfMany() {
        return asked.size() >= LEAST_UNDER_LOAD && asked.size() < LARGE;
    }

    /** Whether there are likely to be more to ask for than fit into one question. */
    public boolean isFull() {
        return asked.size() == MOST;
    }
}
