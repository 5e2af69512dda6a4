package dev.posthorn.benchmarks.run;

/** So many processes of one kind, which share a database: the nodes of one application. */
record Cluster(Host host, Database database, int nodes) {

    /** Also the name of its database. */
    String label() {
        String application = database == Database.POSTGRESQL ? host.label() : host.label() + "_" + database.label();
        return nodes == 1 ? application : "%s_%dnodes".formatted(application, nodes);
    }
}
