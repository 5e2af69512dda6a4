package dev.posthorn.benchmarks.plain;

import java.util.List;
import java.util.Map;

/** What an application under test works with. */
public record Resources(
        String jdbcUrl, String user, String password, int poolSize, String bootstrapServers, int lingerMillis) {

    /** So that events of a megabyte pass; Kafka's default is that much, their headers included. */
    public static final int MAX_REQUEST_BYTES = 4_000_000;

    /** For a command line. */
    public List<String> arguments() {
        return List.of(
                jdbcUrl, user, password, Integer.toString(poolSize), bootstrapServers, Integer.toString(lingerMillis));
    }

    /** @param arguments of which the first ones are {@link #arguments()} */
    static Resources of(String... arguments) {
        return new Resources(
                arguments[0],
                arguments[1],
                arguments[2],
                Integer.parseInt(arguments[3]),
                arguments[4],
                Integer.parseInt(arguments[5]));
    }

    /** Those of Kafka's producer that differ from its defaults. */
    public Map<String, Object> producerProperties() {
        return Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "linger.ms", lingerMillis,
                "max.request.size", MAX_REQUEST_BYTES);
    }
}
