package dev.posthorn.tck.archive;

import java.io.File;
import java.util.Arrays;
import java.util.List;

/** Finds jars where the tests already have them; nothing is downloaded, and no version is named twice. */
public final class ClassPathJars {

    private static final String OWN_PREFIX = "posthorn-tck";

    private ClassPathJars() {}

    /** The jar that a class comes from. */
    public static File of(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** The product. In a reactor that has not packaged it, it would be directories: better to say so. */
    public static File[] posthorn() {
        List<File> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(file -> file.getName().startsWith("posthorn"))
                .filter(file -> !file.getName().startsWith(OWN_PREFIX))
                .toList();
        if (jars.isEmpty()) {
            throw new IllegalStateException("No jar of Posthorn is on the class path; build at least to 'package'");
        }
        return jars.toArray(File[]::new);
    }
}
