package dev.posthorn.tck.archive;

import java.io.File;
import java.util.Arrays;
import java.util.List;

/** Finds jars where the tests already have them; nothing is downloaded, and no version is named twice. */
public final class ClassPathJars {

    private static final String OWN_PREFIX = "posthorn-tck";

    private static final List<String> HIBERNATE = List.of(
            "hibernate-",
            "antlr4-runtime-",
            "byte-buddy-",
            "classmate-",
            "jandex-",
            "jboss-logging-",
            "jakarta.xml.bind-api-",
            "jakarta.activation-api-",
            "angus-activation-",
            "istack-commons-runtime-",
            "jaxb-",
            "txw2-");

    private ClassPathJars() {}

    /** The jar that a class comes from. */
    public static File of(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** The product. In a reactor that has not packaged it, it would be directories: better to say so. */
    public static File[] posthorn() {
        List<File> jars = called("posthorn").stream()
                .filter(file -> !file.getName().startsWith(OWN_PREFIX))
                .toList();
        if (jars.isEmpty()) {
            throw new IllegalStateException("No jar of Posthorn is on the class path; build at least to 'package'");
        }
        return jars.toArray(File[]::new);
    }

    /** Hibernate and its dependencies, but for the platform's APIs that every server has. */
    static File[] hibernate() {
        return HIBERNATE.stream()
                .map(ClassPathJars::called)
                .flatMap(List::stream)
                .toArray(File[]::new);
    }

    /** All jars whose names begin so. */
    public static List<File> called(String prefix) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(file -> file.getName().startsWith(prefix))
                .toList();
    }
}
