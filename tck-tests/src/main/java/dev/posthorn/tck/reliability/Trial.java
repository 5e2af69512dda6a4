package dev.posthorn.tck.reliability;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One experiment on the shared nodes.
 *
 * @param name all its keys and writes begin so
 * @param keys of the events that go where all can be sent; all of them begin with {@link #keyPrefix}
 */
record Trial(String name, List<String> keys) {

    private static final String KEY = "-key-";

    static Trial withKeys(int count) {
        String name = UUID.randomUUID().toString().substring(0, 8);
        return new Trial(name, keys(name, count));
    }

    /** Keys of their own for events that go to a topic that is called so. */
    static List<String> keys(String topic, int count) {
        return IntStream.range(0, count).mapToObj(i -> topic + KEY + i).toList();
    }

    String keyPrefix() {
        return name + KEY;
    }

    String write(int number) {
        return name + "-" + number;
    }

    Aim aim(Random random) {
        return new Aim(keys.get(random.nextInt(keys.size())), Optional.empty());
    }
}
