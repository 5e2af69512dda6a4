package dev.posthorn.example.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Starts a broker, the shop, shipping and a consumer, and stops them with Ctrl-C. */
public final class Demo {

    private static final String WHAT_TO_DO =
            """

              Ready. Open %1$s/ or try

                curl -H 'Content-Type: application/json' -d '{"customer": "Ada", "amount": 12.5}' %1$s/orders
                curl -H 'Content-Type: application/json' -d '{"customer": "Bob", "amount": 99}' '%1$s/orders?fail=true'
                curl %1$s/orders      what the shop has saved
                curl %1$s/outbox      what Posthorn has stored in the same transactions
                curl %1$s/received    what a Kafka consumer has received
                curl %1$s/parcels     what shipping has made of it, in its own database
                curl -X POST %1$s/deliver-again   then look at /parcels, and at /deliveries
                curl -X POST %1$s/broker/stop     then order, look, and POST to /broker/start

              Logs: %2$s
              Ctrl-C stops everything.
            """;

    private final Assembly assembly;
    private final TemporaryDirectory directory = TemporaryDirectory.create();
    private final Children children = new Children();
    private final Broker broker;
    private final ApplicationServer shop;
    private final ApplicationServer shipping;

    private Demo(Assembly assembly, int port) {
        this.assembly = assembly;
        this.broker = new Broker(children, assembly, directory.resolve("kafka"));
        this.shop = server("shop", port);
        this.shipping = server("shipping", Ports.free());
    }

    private ApplicationServer server(String application, int port) {
        return new ApplicationServer(children, assembly, application, directory.resolve(application), port);
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
        say("  Kafka broker on " + broker.address() + since(start));
        Receiver receiver = new Receiver(broker.address());
        receiver.start();
        ControlServer control = new ControlServer(broker, receiver, new Redelivery(broker.address()));
        control.start();
        shop.start(shopProperties(control.address()));
        shipping.start(shippingProperties());
        awaitReady(shop, start);
        awaitReady(shipping, start);
        say(WHAT_TO_DO.formatted(shop.address(), assembly.log("*")));
        awaitEnd();
    }

    // The end of the demo is the end of its data: no use in waiting for a broker that is stopped.

    private Map<String, Object> shopProperties(URI launcher) {
        return Map.of(
                "mp.messaging.outgoing.posthorn.bootstrap.servers",
                broker.address(),
                "mp.messaging.outgoing.posthorn.close-timeout",
                1000,
                "posthorn.stop.timeout",
                "PT1S",
                "demo.launcher",
                launcher,
                "demo.shipping",
                shipping.address());
    }

    private Map<String, Object> shippingProperties() {
        return Map.of(
                "mp.messaging.incoming.orders.bootstrap.servers", broker.address(), "posthorn.stop.timeout", "PT1S");
    }

    private static void awaitReady(ApplicationServer server, long start) {
        server.awaitReady();
        say("  Payara Micro with " + server.application() + " on " + server.address() + since(start));
    }

    private void awaitEnd() throws InterruptedException {
        try {
            failUnlessStopping(CompletableFuture.anyOf(shop.ended(), shipping.ended())
                    .get()
                    .toString());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
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
            for (String log : List.of("kafka", "shop", "shipping")) {
                Files.deleteIfExists(assembly.log(log));
            }
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
        return " after %.1f s".formatted((System.nanoTime() - start) / 1e9);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
