package dev.posthorn.operate;

import dev.posthorn.operator.ChannelBacklog;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.spi.OperatorStore.Backlog;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What is unsent in a store, at a price that does not depend on how much it is. */
record UnsentEvents(OperatorStore store, String application) {

    private static final long GLANCE = Duration.ofMillis(100).toNanos();

    List<ChannelBacklog> backlog() {
        Map<String, List<Backlog>> channels = store.backlog(application).stream()
                .collect(Collectors.groupingBy(Backlog::channel, TreeMap::new, Collectors.toList()));
        return channels.entrySet().stream()
                .map(each -> backlog(each.getKey(), each.getValue()))
                .toList();
    }

    private static ChannelBacklog backlog(String channel, Collection<Backlog> owners) {
        Duration oldest =
                owners.stream().map(Backlog::age).max(Duration::compareTo).orElse(Duration.ZERO);
        return new ChannelBacklog(channel, oldest, owners.stream().allMatch(Backlog::ownerLives));
    }

    /**
     * Waits until there is none.
     *
     * @param channels none for all
     */
    boolean drained(Set<String> channels, Duration timeout) {
        long until = System.nanoTime() + timeout.toNanos();
        boolean drained = isDrained(channels);
        while (!drained
                && until - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(GLANCE);
            drained = isDrained(channels);
        }
        return drained;
    }

    private boolean isDrained(Set<String> channels) {
        return store.backlog(application).stream()
                .noneMatch(each -> channels.isEmpty() || channels.contains(each.channel()));
    }
}
