package dev.posthorn.example.launcher;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** The main class of the broker's process: Kafka's own, after the formatting that a new data directory needs. */
final class BrokerProcess {

    private static final String CLUSTER = "cG9zdGhvcm4tZGVtby0xMg";

    private BrokerProcess() {}

    public static void main(String[] configuration) {
        String[] format = {
            "format", "--ignore-formatted", "--cluster-id", CLUSTER, "--config", configuration[0],
        };
        if (StorageTool.execute(format, System.out) == 0) {
            Kafka.main(configuration);
        }
    }
}
