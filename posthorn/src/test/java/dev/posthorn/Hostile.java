package dev.posthorn;

import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Objects of any class, whose texts are all what somebody wrote who means harm; or all harmless. */
@SuppressWarnings("NullAway") // made for whatever there is
final class Hostile {

    /** A line of its own, a command to a terminal, what hides and turns text, half a character, and no end. */
    static final String TEXT =
            "evil\r\nFORGED a\u001b[2J\u0007b\u0085c\u2028d\u2029e\u202Ef\u2066g\u200Fh\u00ADi\ud800j\0k\u007F"
                    + "x".repeat(100_000) + "\nFORGED";

    static final String HARMLESS = "harmless";

    /** Parameters that are only ever given constants of Posthorn's. */
    private static final Set<String> OWN_TEXTS =
            Set.of("ddl", "allowed", "when", "setting", "earliest", "wanted", "kept", "attribute", "expected");

    /** What is deeper within an object is null: some know each other. */
    private static final int DEEPEST = 6;

    private final String text;
    private int depth;

    Hostile(String text) {
        this.text = text;
    }

    Object[] arguments(Parameter[] parameters) throws Exception {
        Object[] arguments = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            boolean isOwn = OWN_TEXTS.contains(parameters[i].getName());
            arguments[i] = (isOwn ? new Hostile(HARMLESS) : this).of(parameters[i].getType());
        }
        return arguments;
    }

    Object of(Class<?> type) throws Exception {
        if (type == String.class || type == Object.class || type == CharSequence.class) {
            return text;
        }
        if (Throwable.class.isAssignableFrom(type)) {
            return failure(type);
        }
        Object simple = simple(type);
        if (simple != null) {
            return simple;
        }
        if (type == Record.class) {
            return new Filter(text);
        }
        if (type.isInterface()) {
            return proxy(type);
        }
        if (depth == DEEPEST) {
            return null;
        }
        depth++;
        try {
            return type.isRecord() ? record(type) : filled(type);
        } finally {
            depth--;
        }
    }

    private Object simple(Class<?> type) {
        if (type == int.class || type == Integer.class || type == short.class) {
            return 7;
        }
        if (type == long.class || type == Long.class) {
            return 7L;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == double.class) {
            return 0.5;
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(7);
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        if (type == UUID.class) {
            return new UUID(7, 7);
        }
        if (type == URI.class) {
            return URI.create("/harmless");
        }
        if (type == Class.class) {
            return Hostile.class;
        }
        if (type == byte[].class) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (type == Optional.class) {
            return Optional.of(text);
        }
        if (type == Set.class) {
            return Set.of(text);
        }
        if (type == List.class || type == Collection.class || type == Iterable.class) {
            return List.of(text, text);
        }
        if (type == Map.class) {
            return Map.of(text, text);
        }
        return type.isEnum() ? type.getEnumConstants()[0] : null;
    }

    /** With causes that go round, and texts like all others. */
    private Throwable failure(Class<?> type) throws Exception {
        Throwable cause = new IllegalStateException(text);
        Throwable failure = type.isAssignableFrom(Harmful.class)
                ? new Harmful(text)
                : (Throwable) (type.isAssignableFrom(RuntimeException.class) ? RuntimeException.class : type)
                        .getConstructor(String.class)
                        .newInstance(text);
        failure.initCause(cause);
        cause.initCause(failure);
        failure.addSuppressed(new IllegalArgumentException(text));
        failure.setStackTrace(new StackTraceElement[] {new StackTraceElement("Some", "method", text, 1)});
        return failure;
    }

    private Object record(Class<?> type) throws Exception {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = of(type.getRecordComponents()[i]);
        }
        return constructor.newInstance(arguments);
    }

    private Object of(RecordComponent component) throws Exception {
        if (component.getType() == Set.class
                && component.getGenericType() instanceof ParameterizedType set
                && set.getActualTypeArguments()[0] instanceof Class<?> element) {
            return Set.of(of(element));
        }
        return of(component.getType());
    }

    private Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals("hashCode")) {
                return 7;
            }
            if (method.getName().equals("equals")) {
                return proxy == arguments[0];
            }
            if (method.getReturnType() == void.class) {
                return null;
            }
            boolean isOfTexts = arguments == null || !Arrays.asList(arguments).contains(Duration.class);
            return method.getReturnType() == Optional.class && !isOfTexts
                    ? Optional.empty()
                    : of(method.getReturnType());
        });
    }

    /** An object of a class, whose fields have all been filled in without asking its constructor. */
    private Object filled(Class<?> type) throws Exception {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        Object filled = unsafe.getMethod("allocateInstance", Class.class).invoke(instance.get(null), type);
        for (Class<?> each = type; each.getName().startsWith("dev.posthorn"); each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && isOurs(field.getType())) {
                    field.setAccessible(true);
                    field.set(filled, of(field.getType()));
                }
            }
        }
        return filled;
    }

    private static boolean isOurs(Class<?> type) {
        return type == String.class || type == Supplier.class || type.getName().startsWith("dev.posthorn");
    }

    /** A filter, as operators give them. */
    private record Filter(String text) {

        @Override
        public String toString() {
            return text;
        }
    }

    /** Prints itself. */
    private static final class Harmful extends Error {

        private static final long serialVersionUID = 1L;

        Harmful(String message) {
            super(message);
        }

        @Override
        public void printStackTrace(PrintWriter writer) {
            writer.print(getMessage());
        }
    }
}
