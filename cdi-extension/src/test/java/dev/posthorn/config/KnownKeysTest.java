package dev.posthorn.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference is what users write their keys by. */
class KnownKeysTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(posthorn\\.[a-z.<>-]+)` .*");

    private final Set<String> all = new TreeSet<>();
    private final Set<String> ofChannels = new TreeSet<>();

    @Test
    void theKeysThatAreKnownAreThoseOfTheReference() throws IOException {
        readReference();

        Set<String> known = new TreeSet<>(KnownKeys.ofAll());
        known.addAll(KnownKeys.ofType("<type>"));
        known.add("posthorn.channel.<channel>.inbox.type");
        assertEquals(all, known);
    }

    @Test
    void theKeysThatCanBeSetForOneChannelAreThoseOfTheReference() throws IOException {
        readReference();

        Set<String> known = new TreeSet<>();
        KnownKeys.membersOfChannels().stream()
                .filter(member -> !KnownKeys.OF_ONE_RECEIVING.contains(member))
                .forEach(member -> known.add(KnownKeys.PREFIX + member));
        assertEquals(ofChannels, known);
    }

    private void readReference() throws IOException {
        Matcher rows = ROW.matcher(Files.readString(Path.of("../docs/configuration.md")));
        while (rows.find()) {
            all.add(rows.group(1));
            if (rows.group().contains("| *channel* ")) {
                ofChannels.add(rows.group(1));
            }
        }
    }
}
