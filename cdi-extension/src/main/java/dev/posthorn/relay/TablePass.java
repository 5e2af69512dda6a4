package dev.posthorn.relay;

import dev.posthorn.EventDeliveryFailed;
import dev.posthorn.EventDied;
import dev.posthorn.PosthornException;
import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Read;
import dev.posthorn.channel.Settlement;
import dev.posthorn.channel.Shelving;
import dev.posthorn.channel.Table;
import dev.posthorn.log.FailureText;
import dev.posthorn.log.Printable;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.UnreadableEvent;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Writes to the table what has failed or must wait, takes back what need not wait any more, and reads what memory did not take. */
final class TablePass implements Runnable {

    private static final int DUE_BATCH = 1000;
    private static final int KEY_BATCH = 1000;
    private static final int MOST_PAGES = 10;

    private final Channel channel;
    private final Table table;
    private final Site site;
    private final Unanswered unanswered;
    private final Notifications notifications;

    TablePass(Channel channel, Site site, Unanswered unanswered, Notifications notifications) {
        this.channel = channel;
        this.table = channel.table();
        this.site = site;
        this.unanswered = unanswered;
        this.notifications = notifications;
    }

    @Override
    public void run() {
        site.ask("write down what waits, or take it back", this::writeAndTakeBack, channel::rescan);
        read();
    }

    private void writeAndTakeBack() {
        settle();
        if (channel.isLeftToOthers()) {
            giveUp();
            return;
        }
        shelve();
        if (site.mayAct() && channel.takesMore()) {
            takeDue();
            release();
        }
    }

    private void settle() {
        Settlement settlement = table.nextSettlement();
        while (settlement != null) {
            boolean noted = note(settlement);
            table.settled(settlement, site.now());
            if (noted) {
                announce(settlement);
            }
            site.wakeUps().send(channel);
            settlement = table.nextSettlement();
        }
    }

    private boolean note(Settlement settlement) {
        long seq = settlement.seq();
        int attempts = settlement.attempts();
        try {
            String error = FailureText.ofItself(settlement.error());
            Duration delay = settlement.delay();
            return delay == null
                    ? site.store().markDead(site.node(), channel.name(), seq, attempts, error)
                    : site.store().markDelayed(site.node(), channel.name(), seq, attempts, error, delay);
        } catch (Throwable e) {
            table.unsettled(settlement);
            throw e;
        }
    }

    private void announce(Settlement settlement) {
        EventEnvelope event = settlement.event();
        int attempts = settlement.attempts();
        Throwable error = settlement.error();
        Duration delay = settlement.delay();
        if (delay == null) {
            RelayLog.died(event, attempts, error);
            notifications.died(new EventDied(event.info(), attempts, error));
        } else {
            RelayLog.counted(event, attempts, delay, error);
            notifications.failed(new EventDeliveryFailed(event.info(), attempts, error));
        }
    }

    private void shelve() {
        Shelving next = table.nextShelving();
        while (next != null) {
            // If this fails, the events are read again, and asked for again.
            String key = next.key();
            try {
                shelve(next, notToShelve(key));
            } finally {
                table.shelved(key);
                site.wakeUps().send(channel);
            }
            next = table.nextShelving();
        }
    }

    /** What the transport still has is not put away: what waits may become another node's. */
    private Set<Long> notToShelve(String key) {
        Set<Long> except = unanswered.of(key);
        except.addAll(table.notToShelve(key));
        return except;
    }

    private void shelve(Shelving shelving, Set<Long> except) {
        String key = shelving.key();
        Long first = shelving.behind();
        if (first == null) {
            site.store().shelve(site.node(), channel.name(), key, shelving.shelf(), except);
        } else {
            site.store().shelveBehind(site.node(), channel.name(), key, first, except);
        }
    }

    private void takeDue() {
        if (!table.pollDue(site.now())) {
            return;
        }
        int taken = site.store().takeDue(site.node(), channel.name(), DUE_BATCH);
        if (taken > 0) {
            channel.wantRead();
        }
        if (taken == DUE_BATCH) {
            table.moreIsDue();
        }
    }

    private void release() {
        List<String> keys = table.keysToRevisit(site.now());
        if (!keys.isEmpty()) {
            release(keys);
        }
        search();
    }

    /** There may be millions of blocked keys. Settling and reading must not wait for all of them: the rest is for the next pass. */
    private void search() {
        String after = table.nextSearch();
        for (int page = 0; after != null && page < MOST_PAGES && site.mayAct(); page++) {
            List<String> keys = site.store().waitingKeys(site.node(), channel.name(), after, KEY_BATCH);
            if (!keys.isEmpty()) {
                release(keys);
            }
            after = keys.size() < KEY_BATCH ? null : keys.get(keys.size() - 1);
            table.searched(after);
        }
        if (after != null && site.mayAct()) {
            site.wakeUps().table(channel);
        }
    }

    private void release(List<String> keys) {
        Set<String> still = site.store().release(site.node(), channel.name(), keys);
        table.released(Set.copyOf(keys), still, site.now());
    }

    /** What the transport still has stays here until it answers, or another node would send it as well. What was cancelled never answers. */
    private void giveUp() {
        if ((channel.isCancelled() || unanswered.isEmpty()) && table.pollGiveUp()) {
            int given = site.store().giveUp(site.node(), channel.name());
            while (given > 0) {
                given = site.store().giveUp(site.node(), channel.name());
            }
            // Even if there was nothing: perhaps it was given up, and the notice failed.
            site.ports().neighbours().giveNotice();
        }
    }

    private void read() {
        while (site.mayAct()) {
            Read read = table.nextRead(site.now());
            if (read == null || !read(read)) {
                return;
            }
            site.wakeUps().send(channel);
        }
    }

    private boolean read(Read read) {
        return site.ask("read unsent events", () -> take(read), () -> table.readFailed(read));
    }

    private void take(Read read) {
        Unsent answer = site.store()
                .unsent(
                        site.node(),
                        channel.name(),
                        read.after(),
                        table.inHand(),
                        read.exceptTopics(),
                        read.maxEvents(),
                        read.maxBytes());
        answer.unreadable().forEach(this::bury);
        table.readAnswered(read, answer);
    }

    /** If this fails, the event is found again. Whatever is behind it in its key learns of it by asking for its turn. */
    private void bury(UnreadableEvent event) {
        if (site.store().markDead(site.node(), channel.name(), event.seq(), event.attempts(), event.error())) {
            RelayLog.unreadable(event);
            PosthornException error = new PosthornException(
                    Printable.upTo(event.error().length(), event.error()).toString());
            notifications.died(new EventDied(event.event(), event.attempts(), error));
        }
    }
}
