package dev.posthorn.benchmarks.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that start a JVM like this one. */
final class Java {

    /** Of every application under test, and of the broker with less heap. */
    static final List<String> APPLICATION = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");

    private Java() {}

    static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        return command;
    }

    /** A class of our own class path, which would be too long for a command line that one would like to read. */
    static ProcessBuilder main(List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = command(options);
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder;
    }
}
