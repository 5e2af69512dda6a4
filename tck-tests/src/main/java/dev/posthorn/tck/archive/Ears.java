package dev.posthorn.tck.archive;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.ShrinkWrap;
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

    /** The web application as it is, and nothing else. */
    public static EnterpriseArchive around(WebArchive war) {
        return named(war).addAsModule(war);
    }

    /**
     * The libraries are the enterprise application's, and so is the configuration, in one of them; these classes, and the persistence
     * units, are an EJB module.
     */
    public static EnterpriseArchive ofModules(WebArchive war, Class<?>... ejbModule) {
        EnterpriseArchive ear = named(war);
        for (Node library : war.getContent(Filters.include(LIBRARIES + ".*")).values()) {
            if (library.getAsset() != null) {
                ear.addAsLibrary(library.getAsset(), library.getPath().get().substring(LIBRARIES.length()));
            }
        }
        ear.addAsLibrary(ShrinkWrap.create(JavaArchive.class, "configuration.jar")
                .addAsResource(asset(war, CONFIGURATION), CONFIGURATION));
        ear.addAsModule(ShrinkWrap.create(JavaArchive.class, "business.jar")
                .addClasses(ejbModule)
                .addAsManifestResource(war.get("/WEB-INF/beans.xml").getAsset(), "beans.xml")
                .addAsResource(asset(war, UNITS), UNITS));
        return ear.addAsModule(without(war, ejbModule));
    }

    private static EnterpriseArchive named(WebArchive war) {
        String name = war.getName().replaceFirst("\\.war$", "");
        return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear");
    }

    private static org.jboss.shrinkwrap.api.asset.Asset asset(WebArchive war, String path) {
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
