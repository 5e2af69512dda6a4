package dev.posthorn.example.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executors;

/** What the shop asks the launcher, on behalf of the page. */
final class ControlServer {

    private record Answer(int status, Object body) {

        static Answer ok(Object body) {
            return new Answer(200, body);
        }

        static Answer problem(int status, String error, String message) {
            return new Answer(status, Map.of("error", error, "message", message));
        }
    }

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

    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = json.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) {
        if (!isOfTheShop(exchange.getRequestHeaders())) {
            return Answer.problem(
                    403, "Forbidden", "The launcher answers the shop only, no web page: nothing was read or changed.");
        }
        try {
            return answer(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        } catch (DemoFailedException failed) {
            return Answer.problem(500, "Internal Server Error", failed.getMessage());
        }
    }

    private Answer answer(String request) {
        return switch (request) {
            case "GET /received" -> Answer.ok(receiver.received());
            case "GET /broker" -> brokerState();
            case "POST /broker/start" -> {
                broker.start();
                yield brokerState();
            }
            case "POST /broker/stop" -> {
                broker.stop();
                yield brokerState();
            }
            case "POST /deliver-again" -> deliverAgain();
            default -> Answer.problem(404, "Not Found", request);
        };
    }

    /**
     * Browsers say where a request comes from, the shop does not. A page whose own host name has come to mean this computer asks for
     * that name.
     */
    private boolean isOfTheShop(Headers headers) {
        return address().getAuthority().equals(headers.getFirst("Host"))
                && !headers.containsKey("Origin")
                && !headers.containsKey("Sec-Fetch-Site");
    }

    private Answer brokerState() {
        return Answer.ok(Map.of("state", broker.state()));
    }

    private Answer deliverAgain() {
        if (broker.state() == Broker.State.RUNNING) {
            return Answer.ok(Map.of("delivered", redelivery.send(receiver.firstDeliveries())));
        }
        return Answer.problem(409, "Conflict", "The broker is not running.");
    }
}
