package dev.posthorn.tck.server;

import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Reactive Messaging for an application whose server has none. */
public final class SmallRye {

    private SmallRye() {}

    /** The libraries of the web archive that the build has made. */
    public static void addTo(WebArchive archive) {
        WebArchive smallRye = ShrinkWrap.createFromZipFile(
                WebArchive.class, BuildProperty.path("tck.smallrye.war").toFile());
        archive.merge(smallRye, Filters.include("/WEB-INF/lib/.*"));
    }
}
