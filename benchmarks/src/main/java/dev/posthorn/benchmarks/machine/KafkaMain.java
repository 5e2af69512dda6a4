package dev.posthorn.benchmarks.machine;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** The broker's process: formats its new log directory, then serves. */
final class KafkaMain {

    private static final String CLUSTER = "cG9zdGhvcm4tYmVuY2htYQ";

    private KafkaMain() {}

    public static void main(String[] arguments) {
        String[] format = {"format", "--cluster-id", CLUSTER, "--config", arguments[0]};
        int status = StorageTool.execute(format, System.out);
        if (status != 0) {
            throw new IllegalStateException("Formatting the log directory ended with " + status);
        }
        Kafka.main(arguments);
    }
}
