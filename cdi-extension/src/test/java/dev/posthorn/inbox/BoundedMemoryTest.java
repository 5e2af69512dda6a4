package dev.posthorn.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.IncomingMessage;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever sends can't fill the memory with names: of types, sources, ids, keys and whatever else comes from the wire. */
class BoundedMemoryTest {

    private static final int NAMES = 100_000;

    /** The types that nobody handles and that are remembered, so that each is logged once; no more than 200 characters each. */
    private static final int MOST_KEPT = 2_100;

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final SampleInbox sample = new SampleInbox(threads::add, 3, "wire", "plain");

    @BeforeAll
    static void silenceTheLog() {
        InboxSimulation.silenceTheLog();
    }

    @Test
    void aHundredThousandNamesLeaveABoundedNumberOfThem() {
        String suffix = "x".repeat(300);
        for (int i = 0; i < NAMES; i++) {
            send("wire", attributes("unknown" + i + suffix, "/s" + i, "id" + i), "key" + i, i);
            if (i % 10 == 0) {
                send("wire", attributes("known", "/known" + i, "id" + i), "key" + i, i);
                send("wire", Map.of("specversion", "1.0", "type", "unreadable" + i), "key" + i, i);
                send("plain", Map.of(), "key" + i, i);
            }
        }
        assertEquals(NAMES + 3 * NAMES / 10, sample.answers.size());

        Kept kept = new Kept();
        kept.reachableFrom(sample.inbox);
        assertTrue(kept.texts > 1000, "the types that are named once are found: " + kept.texts);
        assertTrue(kept.texts < MOST_KEPT, () -> kept.texts + " texts are kept");
        assertTrue(kept.characters < MOST_KEPT * 250L, () -> kept.characters + " characters are kept");
        assertTrue(kept.elements < 3 * MOST_KEPT, () -> kept.elements + " elements of collections are kept");
    }

    private static Map<String, String> attributes(String type, String source, String id) {
        return Map.of("specversion", "1.0", "id", id, "source", source, "type", type);
    }

    private void send(String channel, Map<String, String> attributes, String key, int number) {
        IncomingMessage message = new IncomingMessage(
                channel, attributes, Map.of("header" + number, "value"), null, key, "topic-0@" + number, new byte[0]);
        sample.arrive("it", message);
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    /** What is reachable through the fields of our own objects and classes, and through collections; not what belongs to the test. */
    private static final class Kept {

        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<Class<?>> classes = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Deque<Object> open = new ArrayDeque<>();
        private int texts;
        private long characters;
        private int elements;

        void reachableFrom(Object root) {
            open.add(root);
            while (!open.isEmpty()) {
                Object each = open.remove();
                if (seen.add(each)) {
                    look(each);
                }
            }
        }

        private void look(Object each) {
            if (each instanceof String text) {
                texts++;
                characters += text.length();
            } else if (each instanceof Map<?, ?> map) {
                elements(map.keySet());
                elements(map.values());
            } else if (each instanceof Collection<?> collection) {
                elements(collection);
            } else if (isOurs(each.getClass())) {
                fields(each, each.getClass());
            }
        }

        private void elements(Collection<?> collection) {
            List<Object> all = new ArrayList<>(collection);
            elements += all.size();
            all.stream().filter(element -> element != null).forEach(open::add);
        }

        private static boolean isOurs(Class<?> type) {
            String name = type.getName();
            return name.startsWith("dev.posthorn.") && !name.startsWith("dev.posthorn.inbox.Sample");
        }

        private void fields(Object object, Class<?> type) {
            boolean isNew = classes.add(type);
            for (Class<?> each = type; each != null && isOurs(each); each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    boolean isStatic = Modifier.isStatic(field.getModifiers());
                    if (!field.getType().isPrimitive() && (!isStatic || isNew)) {
                        add(value(field, isStatic ? null : object));
                    }
                }
            }
        }

        private static @Nullable Object value(Field field, @Nullable Object object) {
            try {
                field.setAccessible(true);
                return field.get(object);
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }

        private void add(@Nullable Object value) {
            if (value != null) {
                open.add(value);
            }
        }
    }
}
