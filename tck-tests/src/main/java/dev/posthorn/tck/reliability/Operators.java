package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** They intervene on any node, and in the end take back what they have done, however long that takes. */
final class Operators {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final String OUTBOX = "operations/outbox/" + LedgerApplication.CHANNEL;
    private static final String INBOX = "operations/inbox/" + LedgerApplication.INCOMING;

    private final NodeClient nodes;

    Operators(Cluster cluster) {
        this.nodes = new NodeClient(cluster);
    }

    void pauseOutbox(int node) {
        tell(node, OUTBOX + "/pause");
    }

    void resumeOutbox(int node) {
        insist(node, OUTBOX + "/resume");
    }

    void pauseInbox(int node) {
        tell(node, INBOX + "/pause");
    }

    void resumeInbox(int node) {
        insist(node, INBOX + "/resume");
    }

    void parkInOutbox(int node, String key) {
        tell(node, OUTBOX + "/park?key=" + key);
    }

    void releaseInOutbox(int node, String key) {
        insist(node, OUTBOX + "/release?key=" + key);
    }

    void parkInInbox(int node, String key) {
        tell(node, INBOX + "/park?key=" + key);
    }

    void releaseInInbox(int node, String key) {
        insist(node, INBOX + "/release?key=" + key);
    }

    void requeue(int node) {
        tell(node, OUTBOX + "/requeue");
        tell(node, INBOX + "/requeue");
    }

    /** @return whether nothing is unsent, if the node was able to say */
    Optional<Boolean> drain(int node, Duration timeout) {
        return tell(node, OUTBOX + "/drain?millis=" + timeout.toMillis()).map(Boolean::valueOf);
    }

    /** An intervention that was not answered may have been made after it was taken back. */
    void undoAll(List<String> keys) {
        resumeOutbox(0);
        resumeInbox(0);
        keys.forEach(key -> {
            releaseInOutbox(0, key);
            releaseInInbox(0, key);
        });
    }

    private Optional<String> tell(int node, String path) {
        return nodes.ask(node, "POST", path);
    }

    private void insist(int node, String path) {
        nodes.askUntilDone(node, "POST", path, PATIENCE);
    }
}
