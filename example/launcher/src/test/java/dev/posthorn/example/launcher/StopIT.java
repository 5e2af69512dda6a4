package dev.posthorn.example.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How the demo ends, and that it ends whole. */
class StopIT {

    private static final int SIGINT = 2;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -INT")
    void ctrlCStopsEverything() throws Exception {
        try (RunningDemo demo = SharedDemo.take()) {
            List<ProcessHandle> processes = demo.processTree();
            assertEquals(4, processes.size(), "the launcher, the broker, the shop, shipping");

            pressCtrlC(demo);

            assertEquals(128 + SIGINT, demo.awaitExit());
            assertTrue(demo.console().endsWith("Stopped."), demo.console());
            assertAllGone(processes);
            assertEquals(List.of(), demo.leftBehind());
            assertTrue(Ports.isFree(demo.port()));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -INT")
    void ctrlCStopsADemoThatIsStillStarting() throws Exception {
        try (RunningDemo demo = RunningDemo.start().awaitConsole("Kafka broker on")) {
            List<ProcessHandle> processes = demo.processTree();

            pressCtrlC(demo);

            assertEquals(128 + SIGINT, demo.awaitExit());
            assertAllGone(processes);
            assertEquals(List.of(), demo.leftBehind());
        }
    }

    @Test
    void aKilledLauncherTakesTheOthersAlong() throws Exception {
        try (RunningDemo demo = RunningDemo.start().awaitConsole("Kafka broker on")) {
            await().until(() -> demo.processTree().size() == 4);
            List<ProcessHandle> processes = demo.processTree();

            demo.kill();

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertAllGone(processes));
        }
    }

    @Test
    void aTakenPortIsSaid() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                RunningDemo demo = RunningDemo.start(other.getLocalPort())) {
            assertEquals(1, demo.awaitExit());
            demo.awaitConsole("Port " + other.getLocalPort() + " is in use by another program. Choose another one");
        }
    }

    private static void pressCtrlC(RunningDemo demo) throws IOException, InterruptedException {
        assumeFalse(ignoresCtrlC(demo.pid()), "SIGINT is ignored: this build runs in the background of a shell");
        new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();
    }

    /** A process started with {@code &} inherits that, and so does all that it starts. */
    private static boolean ignoresCtrlC(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .anyMatch(ignored -> (ignored & 1L << (SIGINT - 1)) != 0);
    }

    private static void assertAllGone(List<ProcessHandle> processes) {
        assertEquals(
                List.of(), processes.stream().filter(ProcessHandle::isAlive).toList());
    }
}
