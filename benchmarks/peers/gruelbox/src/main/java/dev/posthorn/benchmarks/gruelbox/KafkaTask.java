package dev.posthorn.benchmarks.gruelbox;

/** What the outbox calls after the commit, until it returns without an exception. */
interface KafkaTask {

    void send(String key, String payload) throws Exception;
}
