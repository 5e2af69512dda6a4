package dev.posthorn.benchmarks.machine;

/** A server that keeps its promises: every commit is on disk before it returns. */
public interface DatabaseServer extends AutoCloseable {

    /** The process that serves the connections, or whose children do. */
    long pid();

    /** Whose programs they are. */
    String origin();

    String url(String database);

    @Override
    void close();
}
