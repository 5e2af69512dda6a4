package dev.posthorn.benchmarks.run;

/** So many processes of one kind, which share a database: the nodes of one application. */
record Cluster(Host host, int nodes) {

    /** Also the name of its database. */
    String label() {
        return nodes == 1 ? host.label() : "%s_%dnodes".formatted(host.label(), nodes);
    }
}
