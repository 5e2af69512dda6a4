package dev.posthorn.inbox;

import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.IncomingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store that writes down what it is told, and fails as a test wants it to. Only what a test needs is in it. */
final class SampleStore implements InboxStore {

    /** What was kept, handled or buried, in order. */
    final List<String> told = Collections.synchronizedList(new ArrayList<>());

    /** What is due. */
    final Map<InboxId, InboxEntry> entries = Collections.synchronizedMap(new HashMap<>());

    /** Comes before each call, with its name; may throw. */
    Function<String, Boolean> answersNull = call -> false;

    /** Whether an event is new. */
    Function<InboxEvent, Admission> admission = event -> Admission.NEW;

    @Override
    public List<String> prepare() {
        return List.of();
    }

    @Override
    public Admission admit(InboxEvent event) {
        return answer("admit", admission.apply(event));
    }

    @Override
    public Kept keep(InboxEvent event, IncomingMessage message, Duration delay, int attempts, @Nullable String error) {
        told.add("keep " + event.id().id());
        return answer("keep", Kept.DUE);
    }

    @Override
    public Kept keepDead(InboxEvent event, IncomingMessage message, int attempts, String error) {
        Kept kept = answer("keepDead", Kept.DEAD);
        told.add("dead " + event.id().id() + " of " + event.id().source() + ": " + error);
        return kept;
    }

    @Override
    public List<Due> due(String consumer, Collection<Wanted> channels) {
        List<Due> due = new ArrayList<>();
        for (Wanted wanted : channels) {
            synchronized (entries) {
                entries.values().stream()
                        .map(entry -> new Due(
                                entry.event().id(),
                                entry.event().channel(),
                                entry.event().key(),
                                entry.version()))
                        .filter(each -> each.channel().equals(wanted.channel()))
                        .filter(each -> !wanted.except().contains(each.id()))
                        .limit(wanted.limit())
                        .forEach(due::add);
            }
        }
        return answer("due", due);
    }

    @Override
    public Optional<InboxEntry> read(InboxId id, int version) {
        return answer("read", Optional.ofNullable(entries.get(id)));
    }

    @Override
    public boolean claim(InboxId id, int version) {
        return answer("claim", entries.containsKey(id));
    }

    @Override
    public boolean finish(InboxId id, int version) {
        entries.remove(id);
        told.add("finish " + id.id());
        return answer("finish", true);
    }

    @Override
    public boolean advance(InboxId id, int version, List<String> finished, Duration hold) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delay(InboxId id, int version, int attempts, String error, Duration delay) {
        told.add("delay " + id.id() + " after " + attempts);
        return answer("delay", true);
    }

    @Override
    public boolean compensate(InboxId id, int version, String error) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean bury(InboxId id, int version, int attempts, String error) {
        boolean buried = answer("bury", true);
        entries.remove(id);
        told.add("bury " + id.id() + " after " + attempts + ": " + error);
        return buried;
    }

    @Override
    public boolean giveUp(InboxId id, int version, int attempts, String error) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean release(String consumer, String channel, String key) {
        return answer("release", false);
    }

    @Override
    public List<String> waitingKeys(String consumer, String channel, String after, int limit) {
        return answer("waitingKeys", List.of());
    }

    @Override
    public int clean(String consumer, Duration retention, int limit) {
        throw new UnsupportedOperationException();
    }

    @SuppressWarnings("NullAway")
    private <T> T answer(String call, T answer) {
        return answersNull.apply(call) ? null : answer;
    }
}
