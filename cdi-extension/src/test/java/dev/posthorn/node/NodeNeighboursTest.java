package dev.posthorn.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.posthorn.PosthornException;
import dev.posthorn.Stub;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeNeighboursTest {

    private final List<String> noted = new ArrayList<>();
    private String id = "one";
    private boolean entered = true;
    private long news = 7;
    private boolean fails;

    private final NodeNeighbours neighbours = new NodeNeighbours(
            store(),
            new Membership() {
                @Override
                public Node node() {
                    return new Node(id, "app");
                }

                @Override
                public boolean mayAct() {
                    return true;
                }
            },
            () -> news);

    @Test
    void theStoreIsToldOnlyWhatIsNew() {
        neighbours.tell(Set.of("orders"));
        neighbours.tell(Set.of("orders"));
        neighbours.tell(Set.of());
        assertEquals(List.of("one [orders]", "one []"), noted);
    }

    @Test
    void underANewIdItIsToldAgain() {
        neighbours.tell(Set.of("orders"));
        id = "two";
        neighbours.tell(Set.of("orders"));
        assertEquals(List.of("one [orders]", "two [orders]"), noted);
    }

    @Test
    void whatTheStoreDidNotTakeIsToldAgain() {
        fails = true;
        assertThrows(PosthornException.class, () -> neighbours.tell(Set.of("orders")));
        fails = false;
        entered = false;
        neighbours.tell(Set.of("orders"));
        entered = true;
        neighbours.tell(Set.of("orders"));
        neighbours.tell(Set.of("orders"));
        assertEquals(3, noted.size());
    }

    @Test
    void noticeIsGivenAsWhoTheNodeIsByThen() {
        neighbours.giveNotice();
        id = "two";
        neighbours.giveNotice();
        assertEquals(List.of("one gives notice", "two gives notice"), noted);
    }

    @Test
    void newsAreThoseOfTheHeartbeat() {
        assertEquals(7, neighbours.news());
        news = 8;
        assertEquals(8, neighbours.news());
    }

    private NodeStore store() {
        return Stub.of(NodeStore.class, (method, arguments) -> {
            if (method.equals("giveNotice")) {
                noted.add(((Node) arguments[0]).id() + " gives notice");
                return null;
            }
            assertEquals("noteDelivers", method);
            noted.add(((Node) arguments[0]).id() + " " + arguments[1]);
            if (fails) {
                throw new PosthornException("away");
            }
            return entered;
        });
    }
}
