package dev.posthorn.channel;

import dev.posthorn.channel.Entry.State;
import dev.posthorn.spi.Unsent;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a channel has to write to the table of events, and to read from it: the view for those who talk to the store about it. Guarded by the
 * channel's monitor.
 */
public final class Table {

    private final Channel channel;
    private final Stance stance;
    private final Candidates candidates;
    private final Backlog backlog;
    private final Holdings holdings;
    private final Reads reads;
    private final Lanes lanes;
    private final Turns turns;
    private final Failures failures;
    private final Shelves shelves;

    Table(Channel channel) {
        this.channel = channel;
        this.stance = channel.stance;
        this.candidates = channel.candidates;
        this.backlog = channel.backlog;
        this.holdings = channel.holdings;
        this.reads = channel.reads;
        this.lanes = channel.lanes;
        this.turns = channel.turns;
        this.failures = channel.failures;
        this.shelves = channel.shelves;
    }

    /** Whether there is something to write or to read. */
    public boolean isWanted(long now) {
        synchronized (channel) {
            if (stance.isLeftToOthers()) {
                return stance.mustGiveUp() && channel.isQuiet();
            }
            return failures.hasSettlements()
                    || shelves.hasNext()
                    || shelves.isDue(now)
                    || shelves.hasKeysToRevisit(now)
                    || reads.isWanted()
                    || candidates.toRead(now) != null;
        }
    }

    // --- counted failures

    /** A counted failure that the store is to know of. */
    public @Nullable Settlement nextSettlement() {
        synchronized (channel) {
            return failures.nextSettlement();
        }
    }

    public void settled(Settlement settlement, long now) {
        synchronized (channel) {
            Entry entry = settlement.entry();
            if (entry.state == State.SETTLING) {
                holdings.leave(entry);
                entry.state = State.SETTLED;
                if (settlement.delay() != null) {
                    shelves.delayed(now, settlement.delay());
                }
            }
        }
    }

    /** The store did not answer: it is to be told later. */
    public void unsettled(Settlement settlement) {
        synchronized (channel) {
            failures.unsettled(settlement);
        }
    }

    // --- putting away

    /** The next key whose events are to be put away. */
    public @Nullable Shelving nextShelving() {
        synchronized (channel) {
            return shelves.next();
        }
    }

    /** The numbers of what must not be put away of this key. */
    public Set<Long> notToShelve(String key) {
        synchronized (channel) {
            return turns.notToShelve(key);
        }
    }

    /** The rows of this key have been put away, or not: what is here of it may go on. */
    public void shelved(String key) {
        synchronized (channel) {
            lanes.resume(key);
        }
    }

    // --- taking back

    /** Whether to ask for events whose delay is over; it is asked for once. */
    public boolean pollDue(long now) {
        synchronized (channel) {
            return shelves.pollDue(now);
        }
    }

    /** There may be more of them. */
    public void moreIsDue() {
        synchronized (channel) {
            shelves.askForDue();
        }
    }

    /** Behind which key to look for those that have waiting events, if they are to be looked for. */
    public @Nullable String nextSearch() {
        synchronized (channel) {
            return shelves.nextSearch();
        }
    }

    /** @param last the last key of a page of them; null if there are no more */
    public void searched(@Nullable String last) {
        synchronized (channel) {
            shelves.searched(last);
        }
    }

    /** Keys whose waiting events may have their turn. */
    public List<String> keysToRevisit(long now) {
        synchronized (channel) {
            return shelves.keysToRevisit(now);
        }
    }

    /** What waited may be unsent again: in these keys, of which some still have waiting events. */
    public void released(Collection<String> lookedAt, Set<String> still, long now) {
        synchronized (channel) {
            shelves.released(lookedAt, still, now);
            backlog.wantRead();
        }
    }

    // --- giving up

    /** Whether the events of this node are to be given up to others; it is asked for once. */
    public boolean pollGiveUp() {
        synchronized (channel) {
            boolean wanted = stance.mustGiveUp() && channel.isQuiet();
            if (wanted) {
                channel.forgetMemory();
                stance.givenUp();
            }
            return wanted;
        }
    }

    // --- reading

    /** What is to be read, if anything. */
    public @Nullable Read nextRead(long now) {
        synchronized (channel) {
            if (stance.isLeftToOthers()) {
                return null;
            }
            Read read = reads.next();
            Destination toTry = read == null ? candidates.toRead(now) : null;
            return toTry == null ? read : reads.toTry(toTry, now);
        }
    }

    public void readAnswered(Read read, Unsent answer) {
        synchronized (channel) {
            reads.answered(read, answer);
        }
    }

    public void readFailed(Read read) {
        synchronized (channel) {
            reads.failed(read);
        }
    }

    /** The numbers of all events this channel has in hand, for {@link dev.posthorn.spi.EventStore#unsent}. */
    public Set<Long> inHand() {
        return holdings.inHand();
    }
}
