package dev.posthorn.benchmarks.load;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The events of one run.
 *
 * @param count how many
 * @param perTransaction how many each transaction fires
 * @param inSequence how many successive ones one thread fires one after the other, with the same key
 * @param oneKey whether it is the same key for all sequences, too
 * @param bytes of JSON of each, more or less
 */
public record Events(int count, int perTransaction, int inSequence, boolean oneKey, int bytes) {

    /** What the JSON has beside the note. */
    private static final int REST = 180;

    public static Events each(int count) {
        return new Events(count, 1, 1, false, 500);
    }

    public int transactions() {
        return count / perTransaction;
    }

    int transactionsInSequence() {
        return Math.max(1, inSequence / perTransaction);
    }

    /** What one thread takes at once. */
    int sequences() {
        return transactions() / transactionsInSequence();
    }

    /** As many sequences of the same kind. */
    Events with(int sequences) {
        int each = transactionsInSequence() * perTransaction;
        return new Events(sequences * each, perTransaction, inSequence, oneKey, bytes);
    }

    /**
     * One list for each transaction.
     *
     * @param firstId of the run
     * @param before how many events of the run come before these
     */
    List<List<OrderPlaced>> make(long firstId, int before) {
        String note = note();
        return IntStream.range(0, transactions())
                .mapToObj(transaction -> IntStream.range(0, perTransaction)
                        .mapToObj(i -> order(firstId, before + transaction * perTransaction + i, note))
                        .toList())
                .toList();
    }

    private OrderPlaced order(long firstId, int index, String note) {
        int seq = index % inSequence;
        String key = "order-" + (oneKey ? firstId : firstId + index - seq);
        return OrderPlaced.of(firstId + index, seq, key, note);
    }

    /** Letters that a database would not compress to next to nothing. */
    private String note() {
        return new Random(1)
                .ints(Math.max(0, bytes - REST), 'A', 'Z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
