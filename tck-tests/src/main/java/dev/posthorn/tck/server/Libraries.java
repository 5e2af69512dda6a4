package dev.posthorn.tck.server;

import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What an application brings because its server has it not, or has another: web archives of libraries, which the build has made. */
public final class Libraries {

    private Libraries() {}

    /** Reactive Messaging. */
    public static void addSmallRye(WebArchive archive) {
        add("tck.smallrye.war", archive);
    }

    /** JPA. */
    public static void addHibernate(WebArchive archive) {
        add("tck.hibernate.war", archive);
    }

    private static void add(String property, WebArchive archive) {
        WebArchive libraries = ShrinkWrap.createFromZipFile(
                WebArchive.class, BuildProperty.path(property).toFile());
        archive.merge(libraries, Filters.include("/WEB-INF/lib/.*"));
    }
}
