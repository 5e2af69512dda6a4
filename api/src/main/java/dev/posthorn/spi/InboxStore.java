package dev.posthorn.spi;

import static java.util.Objects.requireNonNull;

import dev.posthorn.log.Printable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows which events were received, and keeps those that are to be handled later.
 *
 * <p>An entry is <em>handled</em>, or <em>due</em> at a time, or <em>waiting</em> for an earlier one of its key, or <em>dead</em>, or
 * <em>parked</em>, or <em>given up</em>. Unfinished are those that are due, waiting, parked, or dead with {@link
 * dev.posthorn.WhenDead#BLOCK}: later events of their consumer, channel and key come after them.
 *
 * <p>{@link #admit}, {@link #claim}, {@link #finish} and {@link #advance} work in the transaction of the caller, and whatever they
 * throw makes it fail; a {@link ContentionException} says that the transaction may simply be repeated. All other methods are called outside any transaction, open and commit their own, and answer with what really
 * happened; whatever they throw means: unknown, ask again later.
 *
 * <p>All times are by the store's clock alone.
 */
public interface InboxStore {

    /** What {@link #admit} found. */
    enum Admission {
        /** The event was not known; it is now handled, if the transaction commits. */
        NEW,
        /** The event is known already, in whatever state. */
        KNOWN,
        /** Earlier events of its key are unfinished; nothing was noted. */
        BEHIND
    }

    /** What {@link #keep} did. */
    enum Kept {
        /** The event is in the store, and due at the time that was asked for. */
        DUE,
        /** The event is in the store, and waits for earlier ones of its key. */
        WAITING,
        /** The event is in the store, dead. */
        DEAD,
        /** The event was known already; nothing was done. */
        KNOWN
    }

    /** An entry that is due, as far as it takes to {@link #claim} it. */
    record Due(InboxId id, String channel, @Nullable String key, int version) {

        public Due {
            requireNonNull(id, "id");
            requireNonNull(channel, "channel");
        }

        @Override
        public String toString() {
            return Printable.record(this);
        }
    }

    /**
     * The entries to look for on one channel.
     *
     * @param limit how many of them at most
     * @param except entries to leave out
     */
    record Wanted(String channel, int limit, Set<InboxId> except) {

        public Wanted {
            requireNonNull(channel, "channel");
            except = Set.copyOf(except);
        }

        @Override
        public String toString() {
            return Printable.record(this);
        }
    }

    /**
     * Called once, before anything else: is everything there that the inbox needs? Creates it where that is configured.
     *
     * @return what is missing, each with the remedy; empty if events can be received
     */
    List<String> prepare();

    /**
     * In the caller's transaction: notes the event as handled, unless it is known, or earlier events of its key are unfinished. While
     * another transaction notes or keeps the same event, this waits until that has ended. A repetition is never told by an error,
     * which would end the caller's transaction.
     */
    Admission admit(InboxEvent event);

    /**
     * Keeps an event to be handled later, unless it is known.
     *
     * @param delay after which it is due; if earlier events of its key are unfinished, it waits instead
     * @param attempts how many have failed already
     * @param error why, if any have
     */
    Kept keep(InboxEvent event, IncomingMessage message, Duration delay, int attempts, @Nullable String error);

    /** Keeps an event that can't be handled as it is, dead, unless it is known. */
    Kept keepDead(InboxEvent event, IncomingMessage message, int attempts, String error);

    /**
     * Entries whose time has come, those that are due longest first: of each channel as many as are wanted, whatever the others have.
     * Nobody has them, unless somebody has just claimed them.
     */
    List<Due> due(String consumer, Collection<Wanted> channels);

    /**
     * An entry as it is now, if this is still its version and it is still to be handled. One that can't be read does not make this fail:
     * {@link InboxEntry#unreadable} says what is wrong.
     */
    Optional<InboxEntry> read(InboxId id, int version);

    /**
     * In the caller's transaction: locks an entry until the transaction ends, so that nobody else handles it meanwhile.
     *
     * @return false if it has changed since, or somebody else has locked it; then there is nothing to do
     */
    boolean claim(InboxId id, int version);

    /** In the transaction that claimed the entry: it is handled. Returns false if it has changed since. */
    boolean finish(InboxId id, int version);

    /**
     * In the transaction that claimed the entry: notes which handlers' work is committed with it. The attempts begin anew, and the
     * version grows by one.
     *
     * @param hold after which anybody may go on with the entry, should this node not do so
     * @return false if it has changed since
     */
    boolean advance(InboxId id, int version, List<String> finished, Duration hold);

    /**
     * One more attempt has failed: the entry is due again after this time.
     *
     * @return false if it has changed since
     */
    boolean delay(InboxId id, int version, int attempts, String error, Duration delay);

    /**
     * From now on, what was finished is to be compensated: due at once, with all attempts before it. Operators go on to see how many attempts
     * there were, once that is done.
     *
     * @return false if it has changed since
     */
    boolean compensate(InboxId id, int version, String error);

    /**
     * The attempts are used up: the entry is dead, and what becomes of its key is as its {@link InboxEvent#whenDead} says.
     *
     * @return false if it has changed since
     */
    boolean bury(InboxId id, int version, int attempts, String error);

    /**
     * The entry is not to be handled any more, and nobody waits for it.
     *
     * @return false if it has changed since
     */
    boolean giveUp(InboxId id, int version, int attempts, String error);

    /**
     * Lets the first waiting entry of a key go on, if no other one of the key is due, and none that came before it is parked or dead
     * with {@link dev.posthorn.WhenDead#BLOCK}: it is due at once. To be called after an entry of the key has been finished, or one has
     * been kept that waits.
     *
     * @return whether one goes on
     */
    boolean release(String consumer, String channel, String key);

    /**
     * Keys with waiting entries, each once, in an order of the store's choice.
     *
     * @param after the last key of an earlier answer; empty for the first
     */
    List<String> waitingKeys(String consumer, String channel, String after, int limit);

    /**
     * Deletes entries that were handled or given up longer ago than {@code retention}, and no others.
     *
     * @return how many, at most {@code limit}
     */
    int clean(String consumer, Duration retention, int limit);
}
