package dev.posthorn.benchmarks.run;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A flame graph, and the same stacks as text, per run. */
final class AsyncProfiler implements Profiling {

    private final Path library;
    private final String event;
    private final Path output;
    private long pid;

    private AsyncProfiler(Path library, String event, Path output) {
        this.library = library;
        this.event = event;
        this.output = output;
    }

    /** @param output the path of what is written, without an extension */
    static AsyncProfiler of(Path directory, String event, Path output) throws IOException {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x64";
        Path library = directory.resolve("libasyncProfiler.so");
        try (InputStream in = AsyncProfiler.class.getResourceAsStream("/" + machine + "/" + library.getFileName())) {
            Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
        }
        return new AsyncProfiler(library, event, output);
    }

    @Override
    public void begin(long jvm) {
        pid = jvm;
        tell("start,event=" + event + (event.equals("cpu") ? ",interval=1ms" : ""));
    }

    @Override
    public void end() {
        tell("dump,collapsed,file=" + output + ".collapsed");
        tell("stop,flamegraph,title=" + output.getFileName() + ",file=" + output + ".html");
    }

    private void tell(String command) {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                jvm.loadAgentPath(library.toString(), command);
            } finally {
                jvm.detach();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("async-profiler refused: " + command, e);
        }
    }
}
