package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A broker in a JVM of its own, so that it can be frozen and killed. Its main class prints {@link #READY} when it takes connections;
 * then it may answer each line that it is asked by one line.
 */
final class BrokerProcess implements AutoCloseable {

    static final String READY = "the broker is ready";

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;

    private BrokerProcess(Process process) throws IOException {
        this.process = process;
        answers = process.inputReader(UTF_8);
        questions = new PrintWriter(process.outputWriter(UTF_8), true);
        String line = answers.readLine();
        while (!READY.equals(line)) {
            if (line == null) {
                throw new IOException("The broker did not start");
            }
            line = answers.readLine();
        }
    }

    static BrokerProcess start(Class<?> main, Path errors, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new BrokerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start());
    }

    String ask(String question) throws IOException {
        questions.println(question);
        return answers.readLine();
    }

    /** It takes connections and bytes as far as its system does, and answers nothing. */
    void freeze() throws Exception {
        signal("STOP", process.toHandle());
    }

    void thaw() throws Exception {
        signal("CONT", process.toHandle());
    }

    static void signal(String signal, ProcessHandle process) throws Exception {
        String[] command = {"kill", "-" + signal, Long.toString(process.pid())};
        if (new ProcessBuilder(command).start().waitFor() != 0) {
            throw new IOException("No " + signal + " for " + process);
        }
    }

    /** As a crash would. */
    void kill() throws Exception {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        kill();
    }
}
