package dev.posthorn.messaging;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Containers look into every class of a bean archive: only a connector's own classes may depend on its libraries. */
class AbsentLibrariesTest {

    private static final String PACKAGE = "dev.posthorn.messaging.";
    private static final List<String> ABSENT = List.of(
            "org.apache.kafka.",
            "io.smallrye.",
            "io.vertx.",
            "com.rabbitmq.",
            "org.reactivestreams.",
            "org.eclipse.microprofile.reactive.streams.");

    private final ClassLoader withoutLibraries = new WithoutLibraries(ABSENT);

    @Test
    void onlyTheClassesForABrokerNeedItsLibraries() throws Exception {
        Set<String> broken = new TreeSet<>();
        int members = 0;
        for (String name : classNames()) {
            try {
                Class<?> loaded = Class.forName(name, true, withoutLibraries);
                members += loaded.getDeclaredMethods().length
                        + loaded.getDeclaredFields().length
                        + loaded.getDeclaredConstructors().length;
            } catch (NoClassDefFoundError e) {
                broken.add(name.substring(PACKAGE.length()));
            }
        }
        assertTrue(members > 0);
        assertTrue(broken.remove("KafkaHeaders"), "otherwise the libraries are not absent at all");
        broken.removeIf(name -> name.startsWith("KafkaRecordMessages") || name.startsWith("SmallRyeKafkaMessages"));
        broken.removeAll(Set.of("MessageWithMetadata", "SmallRyeAmqpMessages"));
        broken.removeAll(Set.of(
                "TopicRetention",
                "KafkaRecordReader",
                "SmallRyeKafkaReader",
                "SmallRyeRabbitMqReader",
                "SmallRyeAmqpReader"));
        broken.removeAll(Set.of(
                "RabbitMqConnection",
                "RabbitMqConnector",
                "RabbitMqConnector$Built",
                "RabbitMqFailures",
                "RabbitMqSender",
                "RabbitMqSession"));
        assertEquals(Set.of(), broken);
    }

    @Test
    void whatIsAbsentIsSeenToBe() throws Exception {
        Class<?> visible = Class.forName(PACKAGE + "Visible", true, withoutLibraries);
        var kafkaClients = visible.getDeclaredMethod("kafkaClients");
        kafkaClients.setAccessible(true);

        assertEquals(false, kafkaClients.invoke(null));
        assertTrue(Visible.kafkaClients());

        var rabbitMqClient = visible.getDeclaredMethod("rabbitMqClient");
        rabbitMqClient.setAccessible(true);
        assertEquals(false, rabbitMqClient.invoke(null));
        assertTrue(Visible.rabbitMqClient());
    }

    /** Where even Reactive Messaging is absent, no class of it may be asked for before that is said. */
    @Test
    void whoeverHasNoReactiveMessagingIsToldWhereToGetIt() throws Exception {
        Class<?> extension = Class.forName(
                PACKAGE + "MessagingExtension",
                true,
                new WithoutLibraries(List.of("org.eclipse.microprofile.reactive.", "io.smallrye.reactive.")));
        Object instance = extension.getDeclaredConstructor().newInstance();
        for (Method method : extension.getDeclaredMethods()) {
            method.getGenericParameterTypes();
        }
        Method first = extension.getDeclaredMethod("requireReactiveMessaging", BeforeBeanDiscovery.class);
        first.setAccessible(true);

        InvocationTargetException refused =
                assertThrows(InvocationTargetException.class, () -> first.invoke(instance, new Object[] {null}));

        Throwable cause = requireNonNull(refused.getCause());
        String message = String.valueOf(cause.getMessage());
        assertTrue(cause instanceof DeploymentException, message);
        assertTrue(message.startsWith("POSTHORN-M55: "), message);
        for (String remedy : List.of(
                "io.smallrye.reactive:smallrye-reactive-messaging-kafka:" + Libraries.SMALLRYE,
                "emptyBeansXmlModeALL=true",
                "layer microprofile-reactive-messaging-kafka",
                "feature mpReactiveMessaging-3.0")) {
            assertTrue(message.contains(remedy), message);
        }
    }

    private static List<String> classNames() throws Exception {
        URI classes = MessagingTransport.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        try (Stream<Path> files = Files.list(Path.of(classes).resolve(PACKAGE.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                    .map(file -> PACKAGE + file.substring(0, file.length() - ".class".length()))
                    .toList();
        }
    }

    /** Defines the module's classes anew, so that they link to what this loader sees. */
    private static final class WithoutLibraries extends ClassLoader {

        private final List<String> absent;

        WithoutLibraries(List<String> absent) {
            super(AbsentLibrariesTest.class.getClassLoader());
            this.absent = absent;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (absent.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = requireNonNull(getParent().getResourceAsStream(name.replace('.', '/') + ".class"))) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
