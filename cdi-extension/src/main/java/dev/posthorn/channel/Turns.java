package dev.posthorn.channel;

import static java.util.Objects.requireNonNull;

import dev.posthorn.channel.Question.Asked;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose turn it is. The lanes know the order of what is here; what other nodes have, and what waits in the table, only
 * the store knows, which is asked once for each ordered event, for many at a time. Guarded by the channel's monitor.
 */
final class Turns {

    /** How soon it is asked again whether another node's event is still in the way: at first, and at last. */
    private static final long LEAST_PATIENCE = Duration.ofMillis(20).toNanos();

    private static final long MOST_PATIENCE = Duration.ofSeconds(1).toNanos();

    /** What another node has not delivered by then may take it long: until then memory must be free for others. */
    private static final long LONGEST_BLOCK = Duration.ofSeconds(5).toNanos();

    private final Lanes lanes;
    private final Holdings holdings;
    private final Destinations destinations;

    /** The numbers of ordered events that are delivered, though the store does not know it yet, by their keys. */
    private final Map<String, Set<Long>> delivered = new HashMap<>();

    private @Nullable Question asking;
    private int questions;

    Turns(Lanes lanes, Holdings holdings, Destinations destinations) {
        this.lanes = lanes;
        this.holdings = holdings;
        this.destinations = destinations;
    }

    @Nullable
    Question next(long now) {
        if (asking != null) {
            return null;
        }
        List<Entry> entries = lanes.toAsk(now, Question.MOST);
        if (entries.isEmpty()) {
            return null;
        }
        int number = ++questions;
        List<Asked> asked = new ArrayList<>(entries.size());
        Set<Long> finished = new HashSet<>();
        for (Entry entry : entries) {
            entry.question = number;
            asked.add(new Asked(entry, entry.ahead));
            finished.addAll(deliveredOf(entry.event.orderKey()));
            for (Entry each : lanes.clearedAhead(entry)) {
                finished.add(each.seq);
            }
        }
        asking = new Question(number, asked, finished);
        return asking;
    }

    /** Takes the answer, and says which keys are to be put away. */
    List<Shelving> answered(Question question, Map<Long, Turn> answer, long now) {
        if (!question.equals(asking)) {
            return List.of();
        }
        asking = null;
        List<Shelving> shelvings = new ArrayList<>();
        for (Asked asked : inOrder(question, answer)) {
            Entry entry = asked.entry();
            if (entry.isToAsk() && entry.question == question.number) {
                Shelving shelving = take(asked, answer.get(entry.seq), now);
                if (shelving != null) {
                    shelvings.add(shelving);
                }
            }
        }
        return shelvings;
    }

    /** What the store has before an event comes before it: then each finds those that it comes after in their places. */
    private static List<Asked> inOrder(Question question, Map<Long, Turn> answer) {
        Map<Long, Asked> left = new HashMap<>();
        question.asked.forEach(each -> left.put(each.entry().seq, each));
        List<Asked> ordered = new ArrayList<>(question.asked.size());
        Deque<Asked> chain = new ArrayDeque<>();
        for (Asked each : question.asked) {
            Asked next = left.remove(each.entry().seq);
            while (next != null) {
                chain.push(next);
                Turn turn = answer.get(next.entry().seq);
                next = turn == null || turn.ahead() == null ? null : left.remove(turn.ahead());
            }
            ordered.addAll(chain);
            chain.clear();
        }
        return ordered;
    }

    /** The store did not answer. */
    void failed(Question question) {
        if (question.equals(asking)) {
            asking = null;
        }
    }

    private @Nullable Shelving take(Asked asked, @Nullable Turn turn, long now) {
        Entry entry = asked.entry();
        if (turn == null) {
            holdings.leave(entry);
            return null;
        }
        Long ahead = turn.ahead();
        if (ahead == null || isAhead(ahead, asked)) {
            lanes.mayGo(entry);
            return null;
        }
        return switch (turn.kind()) {
            case AFTER_FOREIGN -> afterForeign(entry, now);
            case AFTER_WAITING -> shelving(entry, Shelf.WAITING, null);
            case AFTER_PARKED -> shelving(entry, Shelf.PARKED, null);
            case NOW, AFTER_OWN -> afterOwn(entry, ahead, now);
        };
    }

    /** Whether it is ahead in the lane, or was, and is gone. */
    private boolean isAhead(Long seq, Asked asked) {
        Entry other = holdings.entry(seq);
        if (other != null) {
            return !Lanes.isBehind(asked.entry(), other);
        }
        for (Entry each = asked.ahead(); each != null; each = each.ahead) {
            if (each.seq.equals(seq)) {
                return true;
            }
        }
        return false;
    }

    /** The store has something before it that is behind it in the lane, or not there at all. */
    private @Nullable Shelving afterOwn(Entry entry, Long ahead, long now) {
        Entry other = holdings.entry(ahead);
        if (other != null && other.isWaiting()) {
            // It is committed, even if we have yet to hear of it.
            lanes.moveBehind(entry, other);
            lanes.mayGo(entry);
        } else if (other != null) {
            block(entry, now);
        } else if (!holdings.inHand().contains(ahead)) {
            return behindOneInTheTable(entry, ahead);
        }
        // Otherwise it has just been delivered: the next answer will be another one.
        return null;
    }

    /** Both are to be read, in order; unless the first one is passed over, for who knows how long. */
    private @Nullable Shelving behindOneInTheTable(Entry entry, Long ahead) {
        if (!destinations.passedOver().isEmpty()) {
            return shelving(entry, Shelf.WAITING, ahead);
        }
        holdings.leaveFrom(entry);
        return null;
    }

    private @Nullable Shelving afterForeign(Entry entry, long now) {
        block(entry, now);
        return now - entry.blockedSince > LONGEST_BLOCK ? shelving(entry, Shelf.WAITING, null) : null;
    }

    private static void block(Entry entry, long now) {
        if (!entry.blocked) {
            entry.blocked = true;
            entry.blockedSince = now;
        }
        long patience = (now - entry.blockedSince) / 2;
        entry.askAt = now + Math.max(LEAST_PATIENCE, Math.min(MOST_PATIENCE, patience));
    }

    private Shelving shelving(Entry entry, Shelf shelf, @Nullable Long behind) {
        String key = requireNonNull(entry.event.orderKey(), "only ordered events are asked for");
        holdings.leaveFrom(entry);
        lanes.rest(key);
        return new Shelving(key, shelf, behind);
    }

    // --- what the store does not know yet

    void delivered(Entry entry) {
        String key = entry.event.orderKey();
        if (key != null) {
            delivered.computeIfAbsent(key, first -> new HashSet<>()).add(entry.seq);
        }
    }

    /** The numbers of what must not be put away of a key: it is delivered, or on its way. */
    Set<Long> notToShelve(String key) {
        Set<Long> numbers = new HashSet<>(deliveredOf(key));
        numbers.addAll(lanes.cleared(key));
        return numbers;
    }

    void marked(Delivered event) {
        String key = event.orderKey();
        Set<Long> ofKey = key == null ? null : delivered.get(key);
        if (ofKey != null && ofKey.remove(event.seq()) && ofKey.isEmpty()) {
            delivered.remove(key);
        }
    }

    void forgetAll() {
        asking = null;
        delivered.clear();
    }

    private Set<Long> deliveredOf(@Nullable String key) {
        return delivered.getOrDefault(key, Set.of());
    }
}
