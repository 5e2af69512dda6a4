package dev.posthorn.example.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Starts a broker, the shop and a consumer, and stops them with Ctrl-C. */
public final class Demo {

    private final Assembly assembly;
    private final TemporaryDirectory directory = TemporaryDirectory.create();
    private final Children children = new Children();
    private final Broker broker;
    private final ShopServer shop;

    private Demo(Assembly assembly, int port) {
        this.assembly = assembly;
        this.broker = new Broker(children, assembly, directory.resolve("kafka"));
        this.shop = new ShopServer(children, assembly, directory.resolve("payara"), port);
    }

    /** Takes the directory of the {@link Assembly}; the system property {@code demo.port} is the shop's port. */
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.getInteger("demo.port", 8080);
        if (!Ports.isFree(port)) {
            fail("Port " + port + " is in use by another program. Choose another one with -Ddemo.port=8081.");
        }
        Demo demo = new Demo(new Assembly(Path.of(arguments[0]).toAbsolutePath()), port);
        Runtime.getRuntime().addShutdownHook(new Thread(demo::stop, "stop"));
        try {
            demo.run();
        } catch (DemoFailedException failed) {
            demo.failUnlessStopping(failed.getMessage());
        }
    }

    private void run() throws InterruptedException {
        deleteLogs();
        say("");
        say("  Posthorn demo");
        long start = System.nanoTime();
        broker.start();
        say("  Kafka broker on %s after %s", broker.address(), since(start));
        Receiver receiver = new Receiver(broker.address());
        receiver.start();
        ControlServer control = new ControlServer(broker, receiver);
        control.start();
        ChildProcess server = shop.start(broker.address(), control.address());
        say("  Payara Micro with the shop on %s after %s", shop.address(), since(start));
        sayWhatToDo(shop.address());
        server.awaitEnd();
        failUnlessStopping("Payara Micro ended by itself; see " + server.log());
    }

    private void sayWhatToDo(URI shop) {
        say("");
        say("  Ready. Open %s/ or try", shop);
        say("");
        say(
                "    curl -H 'Content-Type: application/json' -d '{\"customer\": \"Ada\", \"amount\": 12.5}' %s/orders",
                shop);
        say(
                "    curl -H 'Content-Type: application/json' -d '{\"customer\": \"Bob\", \"amount\": 99}' '%s/orders?fail=true'",
                shop);
        say("    curl %s/orders       what the shop has saved", shop);
        say("    curl %s/outbox       what Posthorn has stored in the same transactions", shop);
        say("    curl %s/received     what has arrived at Kafka", shop);
        say("    curl -X POST %s/broker/stop   and order again; then /broker/start", shop);
        say("");
        say("  Logs: %s", assembly.log("*"));
        say("  Ctrl-C stops everything.");
        say("");
    }

    private void stop() {
        say("");
        say("  Stopping ...");
        children.stopAll();
        directory.delete();
        say("  Stopped.");
    }

    private void failUnlessStopping(String message) {
        if (!children.isClosed()) {
            fail(message);
        }
    }

    private void deleteLogs() {
        try {
            Files.deleteIfExists(assembly.log("kafka"));
            Files.deleteIfExists(assembly.log("payara"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fail(String message) {
        System.err.println();
        System.err.println("  " + message);
        System.err.println();
        System.exit(1);
    }

    private static String since(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis() / 100 / 10.0 + " s";
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(format, values));
    }
}
