package dev.posthorn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static final List<String> TEST_SOURCES = List.of(
            "cdi-extension/src/test/java",
            "jpa-outbox/src/test/java",
            "reactive-messaging-bridge/src/test/java",
            "tck-tests/src/main/java");

    /** Prefixes of keys whose rest is made at run time, and what the reference calls that. */
    private static final Set<String> PREFIXES = Set.of("posthorn.event.", "posthorn.channel.");

    private static final List<String> MEMBERS_OF_TYPES = List.of(
            "channel",
            "topic",
            "ordered",
            "when-dead",
            "retry.max-attempts",
            "retry.delay",
            "retry.max-delay",
            "inbox.transactions",
            "inbox.retry.max-attempts",
            "inbox.retry.delay",
            "inbox.retry.max-delay");

    @Test
    void everyKeyOfTheCodeIsInTheReferenceAndNoOther() throws IOException {
        Set<String> ofReference =
                find("^\\| `(posthorn\\.[a-z.<>-]+)`", Files.readString(ROOT.resolve("docs/configuration.md")));

        assertEquals(keysOfCode(), ofReference);
    }

    /** Which tests those are is listed beside this one; changing a key's value changes what they see. */
    @Test
    void everyKeyHasTestsOfWhatItChanges() throws IOException {
        Map<String, String> tests = Files.readAllLines(Path.of("src/test/resources/keys-and-their-tests.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" = ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));

        assertEquals(keysOfCode(), new TreeSet<>(tests.keySet()));
        for (Map.Entry<String, String> each : tests.entrySet()) {
            for (String test : each.getValue().split(", ", -1)) {
                assertTrue(isTest(test), () -> each.getKey() + ": there is no test " + test);
            }
        }
    }

    /** Whether a class of that name has a method of that name that is a test. */
    private static boolean isTest(String test) throws IOException {
        String[] names = test.split("#", 2);
        Pattern method = Pattern.compile("@Test(\\s+@\\w+(\\([^)]*\\))?)*\\s+(public )?void " + names[1] + "\\(");
        for (String sources : TEST_SOURCES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(sources))) {
                for (Path file :
                        files.filter(path -> path.endsWith(names[0] + ".java")).toList()) {
                    if (method.matcher(Files.readString(file)).find()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Set<String> keysOfCode() throws IOException {
        String code = code();
        Set<String> keys = find("\"(posthorn\\.[a-z.-]+)\"", code);
        keys.removeAll(PREFIXES);
        find("reader\\.\\w+\\(\\s*\"([a-z.-]+)\"", code).stream()
                .filter(key -> !key.startsWith("posthorn."))
                .forEach(key -> keys.add("posthorn." + key));
        MEMBERS_OF_TYPES.forEach(member -> keys.add("posthorn.event.<type>." + member));
        keys.add("posthorn.channel.<channel>.inbox.type");
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
