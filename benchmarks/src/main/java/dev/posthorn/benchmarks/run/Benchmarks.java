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
import java.util.function.Function;

/** Makes one session, or a report of the results of several. */
public final class Benchmarks {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Benchmarks() {}

    /** Ends with 1 if an event was lost, or came twice or out of order, or if a limit is broken and looked at. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        boolean good =
                switch (words.isEmpty() ? "" : words.get(0)) {
                    case "report" -> report(words.subList(1, words.size()));
                    case "receiving" -> receiving(ReceivingOptions.of(words.subList(1, words.size())));
                    case "check" -> session(Options.of(words), Limits::broken);
                    default -> session(Options.of(words), results -> List.of());
                };
        System.exit(good ? 0 : 1);
    }

    private static boolean session(Options options, Function<List<Result>, List<String>> limits) throws Exception {
        Path output = output(options.data());
        List<Result> results = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        String description;
        try (Session session = new Session(home(), output, options)) {
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
        problems.addAll(limits.apply(results));
        return judge(problems);
    }

    private static boolean receiving(ReceivingOptions options) throws Exception {
        Path output = output(options.data());
        List<ReceivingResult> results = new ArrayList<>();
        String description;
        try (ReceivingSession session = new ReceivingSession(home(), output, options)) {
            description = session.description();
            System.out.println(description);
            session.run(result -> {
                results.add(result);
                append(output.resolve("results.jsonl"), result);
                System.out.println(ReceivingReport.line(result));
            });
        }
        String report = description + "\n\n" + ReceivingReport.of(results);
        Files.writeString(output.resolve("report.md"), report);
        System.out.println("\n" + report + "\nIn " + output);
        return judge(results.stream()
                .filter(result -> !result.problem().isEmpty())
                .map(result -> ReceivingReport.line(result) + ": " + result.problem())
                .toList());
    }

    private static Path home() {
        return Path.of(System.getProperty("benchmarks.home"));
    }

    /** Makes the directories: one for results, which stays, and one for data, which does not. */
    private static Path output(Path data) throws IOException {
        Files.createDirectories(data);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> FileTree.delete(data), "delete data"));
        String now = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
        return Files.createDirectories(home().resolve("results").resolve(now));
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
                .map(
                        result -> Report.line(result) + ": " + result.problem()
                                + ". That is not what Posthorn promises; the logs of the servers beside the report may say why.")
                .toList();
    }

    private static boolean judge(List<String> problems) {
        problems.forEach(problem -> System.out.println("WRONG: " + problem));
        return problems.isEmpty();
    }

    private static void append(Path file, Object result) {
        try {
            Files.writeString(
                    file, JSON.writeValueAsString(result) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
