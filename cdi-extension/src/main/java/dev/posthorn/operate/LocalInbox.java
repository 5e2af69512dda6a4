package dev.posthorn.operate;

import dev.posthorn.operator.RepetitionCount;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The inbox of this node, as far as operators have to do with it.
 *
 * @param consumer for whom it receives
 * @param changed to be told that entries of a channel have been changed in the table, and that others of these keys may be able to go on
 * @param repetitions what it has dropped because it was known
 * @param channels those that events arrive on
 */
public record LocalInbox(
        String consumer,
        BiConsumer<String, Collection<String>> changed,
        Supplier<List<RepetitionCount>> repetitions,
        Set<String> channels) {}
