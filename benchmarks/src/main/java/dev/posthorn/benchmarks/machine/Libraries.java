package dev.posthorn.benchmarks.machine;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The jars of the class path by their names, which have no version.
 *
 * @param home where the build has put them
 */
record Libraries(Path home) {

    File file(String name) {
        return home.resolve("lib").resolve(name).toFile();
    }

    /** @param others which are none of them */
    File[] named(String names, String others) {
        File[] all = home.resolve("lib").toFile().listFiles();
        return Arrays.stream(all)
                .filter(file -> file.getName().matches(names) && !file.getName().matches(others))
                .toArray(File[]::new);
    }
}
