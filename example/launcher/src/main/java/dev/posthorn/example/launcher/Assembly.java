package dev.posthorn.example.launcher;

import java.nio.file.Path;

/** What the build has put together: the WARs, {@code payara-micro.jar} and the jars of launcher and broker. */
record Assembly(Path home) {

    Path war(String application) {
        return home.resolve(application + ".war");
    }

    Path server() {
        return home.resolve("payara-micro.jar");
    }

    Path launcherJar() {
        return home.resolve("lib").resolve("launcher.jar");
    }

    String brokerClassPath() {
        return home.resolve("lib").resolve("*").toString();
    }

    Path log(String name) {
        return home.resolve(name + ".log");
    }
}
