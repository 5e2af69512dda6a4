package dev.posthorn.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadRequestTest {

    @Test
    void nodesShareThreadsEventsAndRate() {
        List<LoadRequest> parts =
                request(new Events(4000, 1, 1, false, 500), 8, 200).shared(3, 1);

        assertEquals(List.of(2, 3, 3), parts.stream().map(LoadRequest::threads).toList());
        assertEquals(
                List.of(1000, 1500, 1500),
                parts.stream().map(part -> part.events().count()).toList());
        assertEquals(
                List.of(0, 1000, 2500),
                parts.stream().map(LoadRequest::eventsBefore).toList());
        assertEquals(
                List.of(50, 75, 75),
                parts.stream().map(LoadRequest::ratePerSecond).toList());
    }

    @Test
    void allNodesTogetherMakeTheEventsOfOne() {
        for (Events events : List.of(
                new Events(4000, 1, 1, false, 500),
                new Events(5000, 10, 1, false, 500),
                new Events(4000, 1, 10, false, 500),
                new Events(4000, 1, 10, true, 500))) {
            LoadRequest whole = request(events, 8, 0);

            assertEquals(
                    orders(whole).toList(),
                    whole.shared(3, 1).stream().flatMap(LoadRequestTest::orders).toList());
        }
    }

    @Test
    void whatOneThreadDoesOneAfterTheOtherStaysOnOneNode() {
        List<LoadRequest> parts =
                request(new Events(4010, 1, 10, false, 500), 8, 0).shared(3, 1);

        Map<String, Long> nodesOfKey = parts.stream()
                .flatMap(part -> orders(part).map(OrderPlaced::key).distinct())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertEquals(401, nodesOfKey.size());
        assertEquals(
                401, nodesOfKey.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void aNodeWithoutThreadsGetsNothing() {
        List<LoadRequest> parts = request(Events.each(100), 1, 0).shared(2, 1);

        assertEquals(1, parts.size());
        assertEquals(100, parts.get(0).events().count());
    }

    private static LoadRequest request(Events events, int threads, int rate) {
        return new LoadRequest("with", 7, events, threads, rate);
    }

    private static Stream<OrderPlaced> orders(LoadRequest request) {
        return request.events().make(request.firstId(), request.eventsBefore()).stream()
                .flatMap(List::stream);
    }
}
