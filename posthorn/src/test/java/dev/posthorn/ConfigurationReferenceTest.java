package dev.posthorn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference knows every key of the code, and no other. */
class ConfigurationReferenceTest {

    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES =
            List.of("api", "cdi-extension", "jpa-outbox", "reactive-messaging-bridge");

    /** Prefixes of keys whose rest is made at run time, and what the reference calls that. */
    private static final Set<String> PREFIXES = Set.of("posthorn.event.", "posthorn.channel.");

    @Test
    void everyKeyOfTheCodeIsInTheReferenceAndNoOther() throws IOException {
        Set<String> ofReference =
                find("^\\| `(posthorn\\.[a-z.<>-]+)`", Files.readString(ROOT.resolve("docs/configuration.md")));

        assertEquals(keysOfCode(), ofReference);
    }

    private static Set<String> keysOfCode() throws IOException {
        String code = code();
        Set<String> keys = find("\"(posthorn\\.[a-z.-]+)\"", code);
        keys.removeAll(PREFIXES);
        find("reader\\.\\w+\\(\\s*\"([a-z.-]+)\"", code).stream()
                .filter(key -> !key.startsWith("posthorn."))
                .forEach(key -> keys.add("posthorn." + key));
        for (String member : List.of("channel", "topic", "ordered")) {
            keys.add("posthorn.event.<type>." + member);
        }
        return keys;
    }

    private static Set<String> find(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String code() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.add(Files.readString(file));
                }
            }
        }
        return String.join("\n", sources);
    }
}
