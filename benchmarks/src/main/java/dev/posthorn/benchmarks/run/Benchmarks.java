package dev.posthorn.benchmarks.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.tck.fixture.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes one session, or a report of the results of several. */
public final class Benchmarks {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Benchmarks() {}

    /** Ends with 1 if an event was lost, or came twice or out of order. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        boolean good = !words.isEmpty() && words.get(0).equals("report")
                ? report(words.subList(1, words.size()))
                : session(Options.of(words));
        System.exit(good ? 0 : 1);
    }

    private static boolean session(Options options) throws Exception {
        Path home = Path.of(System.getProperty("benchmarks.home"));
        String now = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
        Path output = Files.createDirectories(home.resolve("results").resolve(now));
        Files.createDirectories(options.data());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> FileTree.delete(options.data()), "delete data"));
        List<Result> results = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        String description;
        try (Session session = new Session(home, output, options)) {
            description = session.description();
            System.out.println(description);
            session.run(result -> {
                results.add(result);
                append(output.resolve("results.jsonl"), result);
                System.out.println(Report.line(result));
            });
            if (session.strays() > 0) {
                problems.add(session.strays() + " events came again after their run");
            }
        }
        String report = description + "\n\n" + Report.of(results);
        Files.writeString(output.resolve("report.md"), report);
        System.out.println("\n" + report + "\nIn " + output);
        problems.addAll(problems(results));
        return judge(problems);
    }

    private static boolean report(List<String> files) throws IOException {
        List<Result> results = new ArrayList<>();
        for (String file : files) {
            for (String line : Files.readAllLines(Path.of(file))) {
                results.add(JSON.readValue(line, Result.class));
            }
        }
        System.out.println(Report.of(results));
        return judge(problems(results));
    }

    private static List<String> problems(List<Result> results) {
        return results.stream()
                .filter(result -> !result.problem().isEmpty())
                .map(result -> Report.line(result) + ": " + result.problem())
                .toList();
    }

    private static boolean judge(List<String> problems) {
        problems.forEach(problem -> System.out.println("WRONG: " + problem));
        return problems.isEmpty();
    }

    private static void append(Path file, Result result) {
        try {
            Files.writeString(
                    file, JSON.writeValueAsString(result) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
