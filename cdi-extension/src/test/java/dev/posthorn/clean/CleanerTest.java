package dev.posthorn.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.posthorn.PosthornException;
import dev.posthorn.Stub;
import dev.posthorn.node.Membership;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanerTest {

    private static final Node NODE = new Node("node", "app");
    private static final Duration RETENTION = Duration.ofDays(7);

    private final List<Integer> batches = new ArrayList<>();
    private int old;
    private int batchesUntilDead = Integer.MAX_VALUE;
    private boolean storeFails;

    private final Membership membership = new Membership() {
        @Override
        public Node node() {
            return NODE;
        }

        @Override
        public boolean mayAct() {
            return batches.size() < batchesUntilDead;
        }
    };

    private final Cleaner cleaner = Cleaner.ofOutbox(storeThatOnlyCleans(), membership, RETENTION, 10);

    @Test
    void deletesInBatchesUntilNothingOldIsLeft() {
        old = 25;
        cleaner.clean();
        assertEquals(List.of(10, 10, 5), batches);
    }

    @Test
    void aFullLastBatchIsFollowedByAnEmptyOne() {
        old = 10;
        cleaner.clean();
        assertEquals(List.of(10, 0), batches);
    }

    @Test
    void doesNothingWhenTheNodeMayNotAct() {
        old = 25;
        batchesUntilDead = 0;
        cleaner.clean();
        assertEquals(List.of(), batches);
    }

    @Test
    void stopsAsSoonAsTheNodeMayNotActAnyMore() {
        old = 25;
        batchesUntilDead = 1;
        cleaner.clean();
        assertEquals(List.of(10), batches);
    }

    @Test
    void whatTheStoreThrowsEndsThePass() {
        storeFails = true;
        assertThrows(PosthornException.class, cleaner::clean);
    }

    private EventStore storeThatOnlyCleans() {
        return Stub.of(EventStore.class, (method, arguments) -> {
            assertEquals("clean", method);
            assertEquals(List.of(NODE, RETENTION, 10), List.of(arguments));
            if (storeFails) {
                throw new PosthornException("The database is away");
            }
            int deleted = Math.min(old, 10);
            old -= deleted;
            batches.add(deleted);
            return deleted;
        });
    }
}
