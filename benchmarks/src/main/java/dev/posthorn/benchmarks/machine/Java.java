package dev.posthorn.benchmarks.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that start a JVM like this one. */
final class Java {

    /** Of every application under test. */
    static final List<String> APPLICATION = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");

    /** Of brokers. */
    static final List<String> BROKER = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

    private Java() {}

    static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        return command;
    }

    /** The class path would be too long for a command line that one would like to read. */
    static ProcessBuilder main(List<String> options, String classPath, String main, List<String> arguments) {
        List<String> command = command(options);
        command.add(main);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", classPath);
        return builder;
    }
}
