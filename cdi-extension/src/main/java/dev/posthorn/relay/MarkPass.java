package dev.posthorn.relay;

import dev.posthorn.EventDelivered;
import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Delivered;
import dev.posthorn.channel.MarkBatch;
import dev.posthorn.channel.Marks;
import java.util.Collection;
import java.util.List;

/**
 * Tells the store what has been delivered. Also while the node may not act: a mark leaves alone what others have to send, and each
 * that is made before others take them over spares a duplicate.
 */
final class MarkPass implements Runnable {

    private final Collection<Channel> channels;
    private final Site site;
    private final Notifications notifications;

    MarkPass(Collection<Channel> channels, Site site, Notifications notifications) {
        this.channels = channels;
        this.site = site;
        this.notifications = notifications;
    }

    @Override
    public void run() {
        for (Channel channel : channels) {
            Marks marks = channel.marks();
            MarkBatch batch = marks.next();
            while (!batch.events().isEmpty() && mark(channel, batch)) {
                batch = marks.next();
            }
        }
    }

    private boolean mark(Channel channel, MarkBatch batch) {
        Marks marks = channel.marks();
        if (!site.ask("mark delivered events", () -> markInStore(channel, batch), () -> marks.unmarked(batch))) {
            return false;
        }
        if (marks.marked(batch, site.now())) {
            site.wakeUps().send(channel);
        }
        site.wakeTable(channel);
        announce(batch);
        return true;
    }

    private void markInStore(Channel channel, MarkBatch batch) {
        List<Long> numbers = batch.events().stream().map(Delivered::seq).toList();
        if (channel.marks().keepsDelivered()) {
            site.store().markDelivered(site.node(), channel.name(), numbers);
        } else {
            site.store().removeDelivered(site.node(), channel.name(), numbers);
        }
    }

    private void announce(MarkBatch batch) {
        for (Delivered each : batch.events()) {
            if (each.info() != null) {
                notifications.delivered(new EventDelivered(each.info(), each.attempts()));
            }
        }
    }
}
