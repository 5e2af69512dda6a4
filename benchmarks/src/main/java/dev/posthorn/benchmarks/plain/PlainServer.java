package dev.posthorn.benchmarks.plain;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.posthorn.benchmarks.load.Allocation;
import dev.posthorn.benchmarks.load.Contender;
import dev.posthorn.benchmarks.load.Load;
import dev.posthorn.benchmarks.load.LoadRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The process of one peer, or of the yardsticks: takes the same requests as the application on the server. */
public final class PlainServer {

    /** What it writes when it takes requests. */
    public static final String READY = "The variants are ready";

    private final Map<String, Contender> variants;
    private final Allocation allocation = new Allocation();

    private PlainServer(Map<String, Contender> variants) {
        this.variants = variants;
    }

    /** Makes the variants of a process. */
    public interface Factory {

        /** By the names that requests give. */
        Map<String, Contender> create(Resources resources) throws Exception;
    }

    /** @param arguments {@link Resources#arguments()}, and the port to listen on */
    public static void start(String[] arguments, Factory factory) throws Exception {
        PlainServer plain = new PlainServer(factory.create(Resources.of(arguments)));
        int port = Integer.parseInt(arguments[arguments.length - 1]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/load", answering(plain::load));
        server.createContext("/relay", answering(plain::relay));
        server.createContext("/allocation", answering(plain::allocation));
        server.start();
        System.out.println(READY);
    }

    private interface Action {

        void answer(Map<String, String> parameters, ByteArrayOutputStream answer) throws Exception;
    }

    private void load(Map<String, String> parameters, ByteArrayOutputStream answer) throws Exception {
        LoadRequest load = LoadRequest.of(parameters::get);
        Load.run(load, variant(parameters).business(), Thread::new).write(answer);
    }

    private void relay(Map<String, String> parameters, ByteArrayOutputStream answer) throws Exception {
        variant(parameters).relay().turn(Boolean.parseBoolean(parameters.get("on")));
    }

    private void allocation(Map<String, String> parameters, ByteArrayOutputStream answer) throws IOException {
        answer.write(Long.toString(allocation.bytes()).getBytes(StandardCharsets.UTF_8));
    }

    private Contender variant(Map<String, String> parameters) {
        Contender variant = variants.get(parameters.get("variant"));
        if (variant == null) {
            throw new IllegalArgumentException("Unknown variant: " + parameters);
        }
        return variant;
    }

    private static HttpHandler answering(Action action) {
        return exchange -> {
            try (exchange) {
                answer(exchange, action);
            }
        };
    }

    private static void answer(HttpExchange exchange, Action action) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        int status = 200;
        try {
            action.answer(parameters(exchange), answer);
        } catch (Exception e) {
            status = 500;
            answer.reset();
            e.printStackTrace(new PrintStream(answer, true));
        }
        exchange.sendResponseHeaders(status, 0);
        answer.writeTo(exchange.getResponseBody());
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestURI().getQuery()).stream()
                .flatMap(query -> Arrays.stream(query.split("&")))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
