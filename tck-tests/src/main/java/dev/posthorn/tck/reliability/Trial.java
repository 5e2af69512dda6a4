package dev.posthorn.tck.reliability;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One experiment on the shared nodes.
 *
 * @param name all its keys and writes begin so
 */
record Trial(String name, List<String> keys) {

    static Trial withKeys(int count) {
        String name = UUID.randomUUID().toString().substring(0, 8);
        return new Trial(
                name,
                IntStream.range(0, count).mapToObj(i -> name + "-key-" + i).toList());
    }

    String write(int number) {
        return name + "-" + number;
    }
}
