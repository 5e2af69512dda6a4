package dev.posthorn.tck.server;

import java.nio.file.Path;

/** What a server's module tells its tests about the server that the build has provided. */
public final class BuildProperty {

    private BuildProperty() {}

    /** A file or directory named by a system property. */
    public static Path path(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The build must set the system property " + name);
        }
        return Path.of(value).toAbsolutePath();
    }
}
