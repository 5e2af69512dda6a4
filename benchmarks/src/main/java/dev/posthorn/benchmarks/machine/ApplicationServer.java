package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.plain.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts a Jakarta EE server with an application. */
public interface ApplicationServer {

    ApplicationServer PAYARA = Payara::start;
    ApplicationServer WILDFLY = WildFly::start;
    /** Artemis is another process. */
    ApplicationServer WILDFLY_WITH_ARTEMIS = WildFly::startWithArtemis;

    ApplicationServer LIBERTY = OpenLiberty::start;

    /**
     * @param home what the build has put together
     * @param directory for what is its own
     * @param options more options for the JVM
     */
    LoadServer start(Path home, Path directory, Application application, Resources resources, List<String> options)
            throws IOException;
}
