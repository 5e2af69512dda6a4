package dev.posthorn.example.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executors;

/** What the shop asks the launcher, on behalf of the page. */
final class ControlServer {

    private final ObjectMapper json = new ObjectMapper();
    private final Broker broker;
    private final Receiver receiver;
    private final Redelivery redelivery;
    private final HttpServer server;

    ControlServer(Broker broker, Receiver receiver, Redelivery redelivery) {
        this.broker = broker;
        this.receiver = receiver;
        this.redelivery = redelivery;
        try {
            server = HttpServer.create(Ports.address(0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://" + Ports.HOST + ":" + server.getAddress().getPort());
    }

    void start() {
        // More than one thread: the state can be asked for while the broker starts.
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        try (exchange) {
            switch (request) {
                case "GET /received" -> answer(exchange, 200, receiver.received());
                case "POST /deliver-again" -> deliverAgain(exchange);
                case "GET /broker" -> answer(exchange, 200, Map.of("state", broker.state()));
                case "POST /broker/start" -> {
                    broker.start();
                    answer(exchange, 200, Map.of("state", broker.state()));
                }
                case "POST /broker/stop" -> {
                    broker.stop();
                    answer(exchange, 200, Map.of("state", broker.state()));
                }
                default -> answer(exchange, 404, Map.of("error", "Not Found", "message", request));
            }
        } catch (DemoFailedException failed) {
            answer(exchange, 500, Map.of("error", "Internal Server Error", "message", failed.getMessage()));
        }
    }

    private void deliverAgain(HttpExchange exchange) throws IOException {
        if (broker.state() == Broker.State.RUNNING) {
            answer(exchange, 200, Map.of("delivered", redelivery.send(receiver.firstDeliveries())));
        } else {
            answer(exchange, 409, Map.of("error", "Conflict", "message", "The broker is not running."));
        }
    }

    private void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
