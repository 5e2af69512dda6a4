package dev.posthorn.tck.archive;

import dev.posthorn.tck.server.Server;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Makes enterprise applications of what {@link TckArchive} builds. */
public final class Ears {

    private static final String LIBRARIES = "/WEB-INF/lib/";
    private static final String CLASSES = "/WEB-INF/classes/";
    private static final String CONFIGURATION = "META-INF/microprofile-config.properties";
    private static final String UNITS = "META-INF/persistence.xml";

    private Ears() {}

    /** The web application as it is, but for its configuration, which WildFly reads from libraries alone. */
    public static EnterpriseArchive around(WebArchive war) {
        Asset configuration = asset(war, CONFIGURATION);
        war.delete(CLASSES + CONFIGURATION);
        EnterpriseArchive ear = named(war).addAsLibrary(library(configuration)).addAsModule(war);
        Server.underTest().extend(ear);
        return ear.setApplicationXML(applicationXml(war));
    }

    /**
     * The libraries are the enterprise application's, and so is the configuration, in one of them; these classes, and the persistence
     * units, are an EJB module, with a name that no other application has: Open Liberty takes the threads of one for those of the other.
     */
    public static EnterpriseArchive ofModules(WebArchive war, Class<?>... ejbModule) {
        EnterpriseArchive ear = named(war);
        String business = name(war) + "-business.jar";
        for (Node library : war.getContent(Filters.include(LIBRARIES + ".*")).values()) {
            if (library.getAsset() != null) {
                ear.addAsLibrary(library.getAsset(), library.getPath().get().substring(LIBRARIES.length()));
            }
        }
        ear.addAsLibrary(library(asset(war, CONFIGURATION)));
        ear.addAsModule(ShrinkWrap.create(JavaArchive.class, business)
                .addClasses(ejbModule)
                .addAsManifestResource(war.get("/WEB-INF/beans.xml").getAsset(), "beans.xml")
                .addAsResource(asset(war, UNITS), UNITS));
        return ear.addAsModule(without(war, ejbModule))
                .setApplicationXML(applicationXml(war, "    <module><ejb>" + business + "</ejb></module>\n"));
    }

    /** Payara Micro knows an enterprise application by this file. */
    private static StringAsset applicationXml(WebArchive war, String... furtherModules) {
        return new StringAsset(
                """
                <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
                %s    <module>
                    <web>
                      <web-uri>%s</web-uri>
                      <context-root>/%s</context-root>
                    </web>
                  </module>
                </application>
                """
                        .formatted(String.join("", furtherModules), war.getName(), name(war)));
    }

    private static EnterpriseArchive named(WebArchive war) {
        return ShrinkWrap.create(EnterpriseArchive.class, name(war) + ".ear");
    }

    private static String name(WebArchive war) {
        return war.getName().replaceFirst("\\.war$", "");
    }

    private static JavaArchive library(Asset configuration) {
        return ShrinkWrap.create(JavaArchive.class, "configuration.jar").addAsResource(configuration, CONFIGURATION);
    }

    private static Asset asset(WebArchive war, String path) {
        return war.get(CLASSES + path).getAsset();
    }

    private static WebArchive without(WebArchive war, Class<?>... elsewhere) {
        Set<String> moved = Stream.concat(
                        Stream.of(CLASSES + CONFIGURATION, CLASSES + UNITS),
                        Stream.of(elsewhere)
                                .map(type -> CLASSES + type.getName().replace('.', '/') + ".class"))
                .collect(Collectors.toSet());
        WebArchive rest = ShrinkWrap.create(WebArchive.class, war.getName());
        for (Map.Entry<ArchivePath, Node> entry : war.getContent().entrySet()) {
            String path = entry.getKey().get();
            if (entry.getValue().getAsset() != null && !path.startsWith(LIBRARIES) && !moved.contains(path)) {
                rest.add(entry.getValue().getAsset(), entry.getKey());
            }
        }
        return rest;
    }
}
