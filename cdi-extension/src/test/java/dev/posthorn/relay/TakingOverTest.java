package dev.posthorn.relay;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.PosthornException;
import dev.posthorn.channel.Channel;
import dev.posthorn.channel.Read;
import dev.posthorn.channel.RetreatStep;
import dev.posthorn.channel.Samples;
import dev.posthorn.channel.Send;
import dev.posthorn.node.ThisNode;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a node looks for events that others have given up or left behind: most of the time it has nothing else to do. */
class TakingOverTest {

    private final List<String> calls = new ArrayList<>();
    private boolean storeIsAway;
    private final ThisNode node = new ThisNode(Samples.NODE);
    private int parts;
    private int readsMeanwhile;
    private long news = 1;
    private long now;

    private final Relay relay = StubbedRelay.of(
            Map.of("channel", Samples.settings(), "invoices", Samples.settings()), node, () -> now, this::answer);

    private final Passes passes = relay.passes().iterator().next();
    private final Channel channel = passes.channel();

    @BeforeEach
    void start() {
        calls.clear();
    }

    @Test
    void aNodeLooksOnceForEachNews() {
        relay.coordinate();
        relay.coordinate();
        relay.takeOver();
        assertEquals(List.of("adopt [channel, invoices]"), takeCalls());

        news++;
        relay.takeOver();
        relay.coordinate();
        assertEquals(List.of("adopt [channel, invoices]"), takeCalls());
    }

    @Test
    void aSweepLooksInAnyCase() {
        relay.sweep();
        relay.coordinate();
        relay.sweep();
        assertEquals(List.of("adopt [channel, invoices]", "adopt [channel, invoices]"), takeCalls());
    }

    @Test
    void aLookThatFailedIsMadeAgain() {
        storeIsAway = true;
        relay.takeOver();
        storeIsAway = false;
        relay.coordinate();
        relay.coordinate();
        assertEquals(List.of("adopt [channel, invoices]", "adopt [channel, invoices]"), takeCalls());
    }

    @Test
    void whoMayNotActLooksLater() {
        node.mayAct = false;
        relay.takeOver();
        relay.coordinate();
        assertEquals(List.of(), takeCalls());

        node.mayAct = true;
        relay.coordinate();
        assertEquals(List.of("adopt [channel, invoices]"), takeCalls());
    }

    @Test
    void aChannelThatHasComeBackIsLookedForAtOnce() {
        leaveToOthers();
        relay.takeOver();
        relay.takeOver();
        assertEquals(List.of("adopt [invoices]"), takeCalls());

        assertEquals(RetreatStep.RETURN, channel.considerOthers(false, now));
        relay.takeOver();
        relay.takeOver();
        assertEquals(List.of("adopt [channel, invoices]"), takeCalls());
    }

    @Test
    void aChannelThatWasAwayWithoutNewsIsLookedForAsWell() {
        relay.takeOver();
        leaveToOthers();
        relay.takeOver();
        takeCalls();

        assertEquals(RetreatStep.RETURN, channel.considerOthers(false, now));
        relay.takeOver();
        assertEquals(List.of("adopt [channel, invoices]"), takeCalls());
    }

    @Test
    void whatIsTakenOverIsReadWhileMoreIs() {
        parts = 100;
        relay.takeOver();
        assertTrue(readsMeanwhile >= 10, "a million take minutes: " + readsMeanwhile);
    }

    @Test
    void othersAreGivenNoticeOfWhatIsGivenUp() {
        leaveToOthers();
        passes.table().run();
        assertEquals(List.of("give up", "give notice"), takeCalls());
        passes.table().run();
        assertEquals(List.of(), takeCalls());
    }

    @Test
    void aNoticeThatFailedIsGivenAgain() {
        leaveToOthers();
        storeIsAway = true;
        passes.table().run();
        storeIsAway = false;
        passes.table().run();
        passes.table().run();
        assertEquals(List.of("give up", "give up", "give notice"), takeCalls());
    }

    private List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    private void leaveToOthers() {
        channel.table().readAnswered(requireNonNull(channel.table().nextRead(0)), Samples.allOf());
        List<EventEnvelope> events = List.of(Samples.event("a"));
        channel.committed(channel.ticket(Samples.NODE, events, Samples.numbers(events), now));
        fail();
        channel.sends()
                .retriesFailed(
                        requireNonNull(channel.sends().nextRetry(now)),
                        Failure.BROKER,
                        new PosthornException("refused"),
                        true,
                        now);
        while (!channel.isLeftToOthers()) {
            now += 8 * Samples.SECOND;
            fail();
            channel.considerOthers(true, now);
        }
        assertFalse(channel.takesMore());
        assertTrue(channel.table().isWanted(now));
    }

    private void fail() {
        Samples.letAllGo(channel);
        Send send = requireNonNull(channel.sends().next(now));
        channel.sends().failed(send, Failure.BROKER, new PosthornException("refused"), now);
    }

    private @Nullable Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "takeOver" -> takeOver();
            case "adopt" -> call("adopt " + new TreeSet<>((Set<?>) arguments[1]), nextPart());
            case "giveUp" -> call("give up", 0);
            case "giveNotice" -> call("give notice", null);
            case "news" -> news;
            default -> null;
        };
    }

    private @Nullable Object takeOver() {
        relay.takingOver().run();
        return null;
    }

    private Set<String> nextPart() {
        if (parts == 0) {
            return Set.of();
        }
        parts--;
        Read read = channel.table().nextRead(now);
        if (read != null) {
            readsMeanwhile++;
            channel.table().readAnswered(read, Samples.allOf());
        }
        return Set.of("channel");
    }

    private @Nullable Object call(String what, @Nullable Object answer) {
        calls.add(what);
        if (storeIsAway) {
            throw new PosthornException("away");
        }
        return answer;
    }
}
