package dev.posthorn.tck.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Posthorn's jars, as an application gets them. */
final class PosthornJars {

    private PosthornJars() {}

    static void assertLicencesAndVersions(Path war) throws IOException {
        int jars = 0;
        try (JarFile archive = new JarFile(war.toFile())) {
            for (JarEntry entry : Collections.list(archive.entries())) {
                if (entry.getName().startsWith("WEB-INF/lib/posthorn")) {
                    jars++;
                    try (JarInputStream jar = new JarInputStream(archive.getInputStream(entry))) {
                        assertLicenceAndVersion(entry.getName(), jar);
                    }
                }
            }
        }
        assertEquals(5, jars);
    }

    private static void assertLicenceAndVersion(String name, JarInputStream jar) throws IOException {
        Manifest manifest = jar.getManifest();
        assertNotNull(manifest.getMainAttributes().getValue("Implementation-Title"), name);
        String version = manifest.getMainAttributes().getValue("Implementation-Version");
        assertTrue(name.endsWith("-" + version + ".jar"), () -> name + " has version " + version);
        assertTrue(isLicensed(jar), () -> name + " has no META-INF/LICENSE");
    }

    private static boolean isLicensed(JarInputStream jar) throws IOException {
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            if (entry.getName().equals("META-INF/LICENSE")) {
                return new String(jar.readAllBytes(), StandardCharsets.UTF_8).contains("Apache License");
            }
        }
        return false;
    }
}
