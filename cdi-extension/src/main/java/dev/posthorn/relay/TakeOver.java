package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import dev.posthorn.node.Neighbours;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What nodes do for each other: each lets the others know what it delivers, gives up to them what it can't deliver while they can, and
 * takes over what they have given up or left behind.
 */
final class TakeOver implements Runnable {

    /** What has been taken over is sent while more is: a million takes minutes. */
    private static final int PARTS_BEFORE_READ = 10;

    private static final Seen NOTHING = new Seen(-1, Set.of());

    private final Map<String, Channel> channels;
    private final Site site;
    private final Neighbours neighbours;

    /** For what the last look for events of others was, as far as it came to its end. */
    private volatile Seen last = NOTHING;

    private record Seen(long news, Set<String> channels) {}

    TakeOver(Map<String, Channel> channels, Site site) {
        this.channels = channels;
        this.site = site;
        this.neighbours = site.ports().neighbours();
    }

    /** Takes over what others have given up or left behind, if there may be more than at the last look. */
    @Override
    public void run() {
        Seen wanted = new Seen(neighbours.news(), names(Channel::takesMore));
        boolean mayBeMore = last.news != wanted.news || !last.channels.containsAll(wanted.channels);
        if (!mayBeMore) {
            last = wanted;
        } else if (site.mayAct()) {
            adopt(wanted);
        }
    }

    /** The next look is made in any case. */
    void forgetLastLook() {
        last = NOTHING;
    }

    private void adopt(Seen wanted) {
        // A sweep that asks for a look while this one is made gets one of its own.
        last = wanted;
        site.ask("take over events of nodes that are gone", () -> adopt(wanted.channels), this::forgetLastLook);
    }

    /** Takes over part by part: there may be millions, and this node may be declared dead meanwhile. */
    private void adopt(Set<String> wanted) {
        Set<String> adopted = new TreeSet<>();
        int parts = 0;
        boolean more = !wanted.isEmpty();
        while (more && site.mayAct()) {
            Set<String> part = site.store().adopt(site.node(), wanted);
            part.stream().filter(adopted::add).forEach(this::read);
            more = !part.isEmpty();
            parts++;
            if (parts % PARTS_BEFORE_READ == 0) {
                adopted.forEach(this::read);
            }
        }
        if (more) {
            forgetLastLook();
        }
        if (parts > 2) {
            // What came later may have smaller numbers than what has been read.
            adopted.forEach(this::read);
        }
    }

    private void read(String adopted) {
        Channel channel = channels.get(adopted);
        if (channel != null) {
            channel.wantRead();
            site.wakeTable(channel);
        }
    }

    /** Tells others what this node delivers, and considers what they do. */
    void coordinate() {
        if (!site.mayAct()) {
            return;
        }
        site.ask("tell what other nodes do", this::exchange, () -> {});
        site.wakeUps().takeOver();
    }

    private void exchange() {
        neighbours.tell(names(Channel::delivers));
        if (channels.values().stream().anyMatch(Channel::asksForOthers)) {
            Set<String> deliveredByOthers = neighbours.channels();
            channels.values().forEach(channel -> consider(channel, deliveredByOthers.contains(channel.name())));
        }
    }

    private void consider(Channel channel, boolean othersDeliver) {
        if (!channel.asksForOthers()) {
            return;
        }
        switch (channel.considerOthers(othersDeliver, site.now())) {
            case LEAVE -> RelayLog.leftToOthers(channel.name());
            case RETURN -> RelayLog.triedAgain(channel.name());
            default -> {}
        }
        site.wakeUps().send(channel);
        site.wakeTable(channel);
    }

    private Set<String> names(Predicate<Channel> fits) {
        return channels.values().stream().filter(fits).map(Channel::name).collect(Collectors.toSet());
    }
}
