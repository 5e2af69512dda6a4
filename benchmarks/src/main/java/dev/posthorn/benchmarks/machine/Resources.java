package dev.posthorn.benchmarks.machine;

/** What an application under test works with. */
public record Resources(
        String jdbcUrl, String user, String password, int poolSize, String bootstrapServers, int lingerMillis) {}
