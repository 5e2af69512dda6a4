package dev.posthorn.tck.payara;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Payara Micro, embedded in a program that deploys and undeploys when a file tells it to: by itself it deploys only while it boots.
 */
public final class DeployingPayara {

    static final String DEPLOY = "deploy";
    static final String UNDEPLOY = "undeploy";

    private static final long GLANCE_MILLIS = 100;

    private final Path orders;
    private final Object runtime;

    private DeployingPayara(Path orders, Object runtime) {
        this.orders = orders;
        this.runtime = runtime;
    }

    /** What comes between the JVM's options and Payara Micro's own; a JVM reads these permissions only from a jar that it is started with. */
    static List<String> command(Path orders) {
        List<String> command = new ArrayList<>();
        permissions("Add-Opens").forEach(each -> command.addAll(List.of("--add-opens", each + "=ALL-UNNAMED")));
        permissions("Add-Exports").forEach(each -> command.addAll(List.of("--add-exports", each + "=ALL-UNNAMED")));
        String own = DeployingPayara.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        command.addAll(List.of("-cp", PayaraMicro.jar() + File.pathSeparator + own));
        command.addAll(List.of(DeployingPayara.class.getName(), orders.toString()));
        return command;
    }

    private static Stream<String> permissions(String attribute) {
        try (JarFile jar = new JarFile(PayaraMicro.jar())) {
            return Arrays.stream(
                    jar.getManifest().getMainAttributes().getValue(attribute).split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves an order, whole at once. */
    static void order(Path orders, String verb, Path archive) throws IOException {
        Path order = orders.resolve(verb);
        Path draft = Files.writeString(orders.resolve("draft"), archive.toString());
        Files.move(draft, order, StandardCopyOption.ATOMIC_MOVE);
    }

    static String done(String verb, Path archive) {
        return "TCK: done: " + verb + " " + archive;
    }

    static String failed(Path archive) {
        return "TCK: failed: " + archive;
    }

    public static void main(String[] arguments) throws Exception {
        String[] payaras = Arrays.copyOfRange(arguments, 1, arguments.length);
        Class<?> micro = Class.forName("fish.payara.micro.PayaraMicro");
        micro.getMethod("main", String[].class).invoke(null, (Object) payaras);
        Object instance = micro.getMethod("getInstance").invoke(null);
        Object runtime = micro.getMethod("getRuntime").invoke(instance);
        new DeployingPayara(Path.of(arguments[0]), runtime).follow();
    }

    private void follow() throws Exception {
        while (true) {
            for (String verb : List.of(DEPLOY, UNDEPLOY)) {
                Path order = orders.resolve(verb);
                if (Files.exists(order)) {
                    Path archive = Path.of(Files.readString(order));
                    Files.delete(order);
                    inThreadOfItsOwn(() -> follow(verb, archive));
                }
            }
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    /** Netty, in the application's SmallRye, leaves its thread locals to the thread that deploys, and they keep the application. */
    private static void inThreadOfItsOwn(Callable<?> work) throws Exception {
        FutureTask<?> task = new FutureTask<>(work);
        new Thread(task, "deployer").start();
        task.get();
    }

    private Object follow(String verb, Path archive) throws ReflectiveOperationException {
        String name = archive.getFileName().toString().replaceFirst("\\.[we]ar$", "");
        boolean success = verb.equals(DEPLOY) ? deploy(name, archive) : undeploy(name);
        String report = success ? done(verb, archive) : failed(archive);
        System.out.println(report);
        return report;
    }

    private boolean deploy(String name, Path archive) throws ReflectiveOperationException {
        method("deploy", String.class, String.class, File.class).invoke(runtime, name, name, archive.toFile());
        // What it returns is true for applications that it could not deploy, too.
        return ((Collection<?>) method("getDeployedApplicationNames").invoke(runtime)).contains(name);
    }

    private boolean undeploy(String name) throws ReflectiveOperationException {
        method("undeploy", String.class).invoke(runtime, name);
        return true;
    }

    private static Method method(String name, Class<?>... parameters) throws ReflectiveOperationException {
        return Class.forName("fish.payara.micro.PayaraMicroRuntime").getMethod(name, parameters);
    }
}
