package dev.posthorn.benchmarks.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Looks into the server's JVM during a run; of several nodes, into the first one's. */
interface Profiling {

    /** @param pid the JVM */
    void begin(long pid);

    void end();

    Profiling NONE = new Profiling() {
        @Override
        public void begin(long pid) {}

        @Override
        public void end() {}
    };

    /**
     * @param kind an event of async-profiler, or jfr; empty: none
     * @param data for what is needed meanwhile
     * @param output the path of what is written, without an extension
     */
    static Profiling of(String kind, Path data, Path output) throws IOException {
        return switch (kind) {
            case "" -> NONE;
            case "jfr" -> new FlightRecorder(output);
            default -> AsyncProfiler.of(data, kind, output);
        };
    }

    /** Without them, profilers see code that the compiler has inlined only at its safepoints. */
    static List<String> jvmOptions(String kind) {
        return kind.isEmpty() ? List.of() : List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");
    }
}
