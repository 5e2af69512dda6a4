package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds do not run what is broken on purpose, but they notice when the lines that it changes are no longer there. */
class SabotageTest {

    @ParameterizedTest
    @MethodSource("all")
    void linesToBeChangedAreThere(Sabotage sabotage) throws IOException {
        for (Sabotage.Change each : sabotage.changes()) {
            String source = Files.readString(each.source(Path.of("..")));

            assertNotEquals(source, each.apply(source));
        }
    }

    static Stream<Sabotage> all() {
        return Stream.concat(SabotageIT.relays(), SabotageIT.inboxes());
    }
}
