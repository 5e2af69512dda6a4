package dev.posthorn.benchmarks.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A recording of the JDK's Flight Recorder per run. */
final class FlightRecorder implements Profiling {

    private static final String NAME = "name=benchmarks";

    private final Path output;
    private long pid;

    FlightRecorder(Path output) {
        this.output = output;
    }

    @Override
    public void begin(long jvm) {
        pid = jvm;
        tell("JFR.start", NAME, "settings=profile");
    }

    @Override
    public void end() {
        tell("JFR.stop", NAME, "filename=" + output + ".jfr");
    }

    private void tell(String command, String... arguments) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        ProcessBuilder builder = new ProcessBuilder(jcmd, Long.toString(pid), command);
        builder.command().addAll(Arrays.asList(arguments));
        try {
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
