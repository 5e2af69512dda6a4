package dev.posthorn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever finds a message in a log finds it in the documentation, by its code. */
class MessagesReferenceTest {

    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES =
            List.of("api", "cdi-extension", "jpa-outbox", "reactive-messaging-bridge");

    private static final Pattern CODE = Pattern.compile("POSTHORN-((?:JPA-|M)?\\d+)\\b");

    /** How the bridge makes a code of its number. */
    private static final Pattern NUMBER_OF_BRIDGE = Pattern.compile("\"(M\\d\\d)\"");

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `POSTHORN-((?:JPA-|M)?\\d+)` \\| ([^|]+) \\| ([^|]*) \\| ([^|]+) \\|$");

    /** What a user is told at once: exceptions of ours, deployment problems, and lines of the log. */
    private static final List<Pattern> TOLD = List.of(
            Pattern.compile(
                    "new (?:Posthorn|Deployment|EventNotPublishable|EventNotStored|NoActiveTransaction)Exception"
                            + "\\((?:\\s|\\w+(?:\\.\\w+\\(\\))+ \\+ )*\"([^\"]*)"),
            Pattern.compile("(?:problems|warnings|all)\\.add\\((?:\\s|\\w+(?:\\.\\w+\\(\\))* \\+ )*\"([^\"]*)"),
            Pattern.compile("\\.log\\(\\s*(?:Level\\.)?(?:INFO|WARNING|ERROR),\\s*\"(?!\\{0}\")([^\"]*)"));

    /** What can't be read of a row is part of another message. */
    private static final String PART = "RowReader.java";

    private final Map<Path, String> sources = new TreeMap<>();

    MessagesReferenceTest() throws IOException {
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.put(file, Files.readString(file));
                }
            }
        }
    }

    @Test
    void everyCodeIsInTheReferenceAndNoOther() throws IOException {
        TreeSet<String> ofCode = new TreeSet<>();
        sources.values().forEach(source -> {
            CODE.matcher(source).results().forEach(match -> ofCode.add(match.group(1)));
            NUMBER_OF_BRIDGE.matcher(source).results().forEach(match -> ofCode.add(match.group(1)));
        });

        assertEquals(ofCode, new TreeSet<>(codesOfReference()));
    }

    @Test
    void theReferenceIsInTheOrderOfTheCodes() throws IOException {
        List<String> codes = codesOfReference();

        assertEquals(List.copyOf(new TreeSet<>(codes)), codes);
    }

    @Test
    void everyMessageBeginsWithItsCode() {
        List<String> without = new ArrayList<>();
        int told = 0;
        for (Map.Entry<Path, String> source : sources.entrySet()) {
            for (Pattern pattern : TOLD) {
                for (Matcher found = pattern.matcher(source.getValue()); found.find(); told++) {
                    if (!found.group(1).startsWith("POSTHORN-")
                            && !source.getKey().endsWith(PART)) {
                        without.add(source.getKey().getFileName() + ": " + found.group(1));
                    }
                }
            }
        }
        assertTrue(told > 40, "the patterns find what there is: " + told);
        assertEquals(List.of(), without);
    }

    private static List<String> codesOfReference() throws IOException {
        List<String> codes = new ArrayList<>();
        Matcher rows = ROW.matcher(Files.readString(ROOT.resolve("docs/messages.md")));
        while (rows.find()) {
            codes.add(rows.group(1));
        }
        return codes;
    }
}
