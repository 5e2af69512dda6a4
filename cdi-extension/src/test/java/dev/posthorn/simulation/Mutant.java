package dev.posthorn.simulation;

import dev.posthorn.relay.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The engine with one line changed for the worse. It is compiled from its source and simulated in a class loader of its own, so
 * that production code needs no hooks for this.
 *
 * @param file the source, relative to the package {@code dev.posthorn}
 * @param original what stands there exactly once
 * @param seed a run that found it once
 */
public record Mutant(long seed, String name, String file, String original, String replacement) {

    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "posthorn");
    private static final Path API_SOURCES = Path.of("..", "api").resolve(SOURCES);
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** Knows what is on the class path, which is the same for all. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private static final List<String> MUTABLE = List.of(
            "dev.posthorn.relay.",
            "dev.posthorn.channel.",
            "dev.posthorn.retry.",
            "dev.posthorn.node.",
            "dev.posthorn.clean.",
            "dev.posthorn.log.",
            "dev.posthorn.inbox.");

    /**
     * A seed whose run breaks a promise.
     *
     * @param simulation has a static method {@code findSeed(known, seeds)}
     */
    public OptionalLong findSeed(Class<?> simulation, Path scratch, int seeds)
            throws ReflectiveOperationException, IOException {
        compile(scratch);
        URL[] urls = {
            url(scratch),
            locationOf(Relay.class),
            locationOf(dev.posthorn.spi.EventStore.class),
            locationOf(Mutant.class)
        };
        try (Isolated loader = new Isolated(urls)) {
            var search = loader.loadClass(simulation.getName()).getDeclaredMethod("findSeed", long.class, int.class);
            search.setAccessible(true);
            return (OptionalLong) search.invoke(null, seed, seeds);
        }
    }

    private void compile(Path scratch) throws IOException {
        String source = Files.readString(source());
        int at = source.indexOf(original);
        if (at < 0 || source.indexOf(original, at + 1) >= 0) {
            throw new IllegalStateException("Not exactly once in " + file + ", adapt the mutant: " + original);
        }
        Path mutated = scratch.resolve(Path.of(file).getFileName());
        Files.writeString(mutated, source.replace(original, replacement));
        List<String> options = List.of("-nowarn", "-proc:none", "-d", scratch.toString(), "-cp", classPath());
        if (!COMPILER.getTask(null, FILES, null, options, null, FILES.getJavaFileObjects(mutated))
                .call()) {
            throw new IllegalStateException("The mutant does not compile");
        }
    }

    private Path source() {
        Path ofThisModule = SOURCES.resolve(file);
        return Files.exists(ofThisModule) ? ofThisModule : API_SOURCES.resolve(file);
    }

    private static String classPath() {
        return Stream.of(Relay.class, dev.posthorn.spi.EventStore.class, Nullable.class)
                .map(Mutant::locationOf)
                .map(location -> {
                    try {
                        return Path.of(location.toURI()).toString();
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static URL locationOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static URL url(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** Loads the engine and its simulation itself, all else from where they usually come. */
    private static final class Isolated extends URLClassLoader {

        Isolated(URL[] urls) {
            super(urls, Mutant.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String className, boolean resolve) throws ClassNotFoundException {
            if (MUTABLE.stream().noneMatch(className::startsWith)) {
                return super.loadClass(className, resolve);
            }
            synchronized (getClassLoadingLock(className)) {
                Class<?> loaded = findLoadedClass(className);
                return loaded != null ? loaded : findClass(className);
            }
        }
    }
}
