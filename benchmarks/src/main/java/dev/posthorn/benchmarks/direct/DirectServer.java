package dev.posthorn.benchmarks.direct;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.posthorn.benchmarks.load.Business;
import dev.posthorn.benchmarks.load.Load;
import dev.posthorn.benchmarks.load.LoadRequest;
import dev.posthorn.benchmarks.load.LoadResult;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The process of the yardsticks: takes the same requests as the application on the server. */
public final class DirectServer {

    /** What it writes when it takes requests. */
    public static final String READY = "Direct is ready";

    private final Map<String, Business> variants;

    private DirectServer(Map<String, Business> variants) {
        this.variants = variants;
    }

    /** Takes port, JDBC URL, user, password, size of the pool, Kafka's bootstrap servers and linger.ms. */
    public static void main(String[] arguments) throws Exception {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[1]);
        pool.setUsername(arguments[2]);
        pool.setPassword(arguments[3]);
        pool.setMaximumPoolSize(Integer.parseInt(arguments[4]));
        HikariDataSource dataSource = new HikariDataSource(pool);
        TwoInserts relayed = new TwoInserts(dataSource, "outbox");
        relayed.createTables();
        TwoInserts inserts = new TwoInserts(dataSource, "outbox_of_inserts");
        inserts.createTables();
        DirectRelay relay = new DirectRelay(dataSource, relayed, arguments[5], Integer.parseInt(arguments[6]));
        DirectServer direct = new DirectServer(
                Map.of("direct", relay, "inserts", order -> inserts.commit(order, TwoInserts.json(order))));
        int port = Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/load", direct::answer);
        server.start();
        System.out.println(READY);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> parameters = Arrays.stream(
                        exchange.getRequestURI().getQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        LoadRequest load = LoadRequest.of(parameters::get);
        try (exchange) {
            answer(exchange, load);
        }
    }

    private void answer(HttpExchange exchange, LoadRequest load) throws IOException {
        try {
            LoadResult result = Load.run(load, variants.get(load.variant()), Thread::new);
            exchange.sendResponseHeaders(200, 0);
            result.write(exchange.getResponseBody());
        } catch (Exception e) {
            exchange.sendResponseHeaders(500, 0);
            e.printStackTrace(new PrintStream(exchange.getResponseBody(), true));
        }
    }
}
