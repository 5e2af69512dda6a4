package dev.posthorn.operate;

import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * The inbox of this node, as far as operators have to do with it.
 *
 * @param consumer for whom it receives
 * @param changed to be told that entries of a channel have been changed in the table, and that others of these keys may be able to go on
 */
public record LocalInbox(String consumer, BiConsumer<String, Collection<String>> changed) {}
