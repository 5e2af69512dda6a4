package dev.posthorn.tck.liberty;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The features of server.xml: what an application with Posthorn needs, of one version of Jakarta EE. */
enum Features {
    EE10("cdi-4.0", "concurrent-3.0", "persistence-3.1", "restfulWS-3.1", "servlet-6.0", "mpFaultTolerance-4.0"),
    EE11("cdi-4.1", "concurrent-3.1", "persistence-3.2", "restfulWS-4.0", "servlet-6.1", "mpFaultTolerance-4.1");

    /** Arquillian's runner is a servlet, whose API restfulWS keeps to itself; Posthorn has a listener. */
    private static final String[] OF_BOTH = {
        "enterpriseBeansLite-4.0", "jdbc-4.3", "jndi-1.0", "jsonb-3.0", "mpConfig-3.1", "mpHealth-4.0"
    };

    private final String[] names;

    Features(String... names) {
        this.names = names;
    }

    /** @param messaging whether Reactive Messaging is the server's; an application that brings its own can't have both */
    String elements(boolean messaging) {
        return Stream.of(
                        Stream.of(names),
                        Stream.of(OF_BOTH),
                        messaging ? Stream.of("mpReactiveMessaging-3.0") : Stream.<String>empty())
                .flatMap(each -> each)
                .map("    <feature>%s</feature>"::formatted)
                .collect(Collectors.joining("\n"));
    }
}
