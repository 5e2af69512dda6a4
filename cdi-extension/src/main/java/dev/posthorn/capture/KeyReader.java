package dev.posthorn.capture;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.Key;
import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the {@link Key} of an event, or what another annotation of that kind marks. */
public interface KeyReader {

    /** The key, or null if this event has none. */
    @Nullable
    String read(Object event);

    /** @throws EventNotPublishableException if the class has more than one key, or one that can't be read */
    static KeyReader of(Class<?> type) {
        return of(type, Key.class);
    }

    /** @throws EventNotPublishableException if the annotation stands more than once, or where it can't be read */
    static KeyReader of(Class<?> type, Class<? extends Annotation> annotation) {
        String name = "@" + annotation.getSimpleName();
        List<AccessibleObject> keys = type.isRecord() ? ofRecord(type, annotation) : ofClass(type, annotation);
        if (keys.isEmpty()) {
            return event -> null;
        }
        if (keys.size() > 1) {
            throw new EventNotPublishableException(
                    "POSTHORN-1210 " + type.getName() + " has more than one " + name + ": " + keys
                            + ". Leave one of them, or put it on a method without parameters that combines them.");
        }
        AccessibleObject key = keys.get(0);
        if (!key.trySetAccessible()) {
            throw new EventNotPublishableException("POSTHORN-1211 The " + name + " " + key
                    + " can't be read: its module does not open the package. Make it public or open the package.");
        }
        if (typeOf(key).isArray()) {
            throw notText(key, name, typeOf(key));
        }
        return event -> read(key, name, event);
    }

    private static Class<?> typeOf(AccessibleObject key) {
        return key instanceof Field field ? field.getType() : ((Method) key).getReturnType();
    }

    /** The text of an array, or of an object that has none of its own, is another one for each object. */
    private static EventNotPublishableException notText(AccessibleObject key, String name, Class<?> type) {
        return new EventNotPublishableException(
                "POSTHORN-1204 The " + name + " " + key + " can't be written as text: "
                        + type.getTypeName()
                        + " has no toString() of its own, so equal values would be different keys. Put " + name
                        + " on a method without parameters that returns the value as text, such as HexFormat.of().formatHex(bytes).");
    }

    private static List<AccessibleObject> ofRecord(Class<?> type, Class<? extends Annotation> annotation) {
        List<AccessibleObject> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(annotation)) {
                keys.add(component.getAccessor());
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isKey(method, annotation) && !keys.contains(method)) {
                keys.add(method);
            }
        }
        return keys;
    }

    private static List<AccessibleObject> ofClass(Class<?> type, Class<? extends Annotation> annotation) {
        List<AccessibleObject> keys = new ArrayList<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (field.isAnnotationPresent(annotation)) {
                    keys.add(field);
                }
            }
            for (Method method : c.getDeclaredMethods()) {
                if (isKey(method, annotation) && keys.stream().noneMatch(key -> isOverriding(key, method))) {
                    keys.add(method);
                }
            }
        }
        return keys;
    }

    private static boolean isKey(Method method, Class<? extends Annotation> annotation) {
        if (!method.isAnnotationPresent(annotation) || method.isBridge()) {
            return false;
        }
        if (method.getParameterCount() > 0
                || method.getReturnType() == void.class
                || Modifier.isStatic(method.getModifiers())) {
            throw new EventNotPublishableException("POSTHORN-1212 @" + annotation.getSimpleName() + " on " + method
                    + " has no effect: it must be on a method of an instance that takes nothing and returns the key.");
        }
        return true;
    }

    private static boolean isOverriding(AccessibleObject key, Method inherited) {
        return key instanceof Method method && method.getName().equals(inherited.getName());
    }

    /** Getters and toString() are the application's: whatever they throw says that the key can't be read. */
    private static @Nullable String read(AccessibleObject key, String name, Object event) {
        String text;
        try {
            Object value = presentOf(valueOf(key, event));
            if (value != null && !KeyText.isItsOwn(value.getClass())) {
                throw notText(key, name, value.getClass());
            }
            text = value == null ? "" : value.toString();
        } catch (EventNotPublishableException e) {
            throw e;
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new EventNotPublishableException(
                    "POSTHORN-1213 The " + name + " " + key + " could not be read; see the cause.", e);
        }
        if (text == null) {
            throw new EventNotPublishableException("POSTHORN-1214 The " + name + " " + key
                    + " can't be written as text: its toString() returns null. Let it return the key.");
        }
        return text.isEmpty() ? null : text;
    }

    /** What is in an Optional; anything else is itself. */
    private static @Nullable Object presentOf(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.orElse(null);
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : null;
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? optional.getAsInt() : null;
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? optional.getAsDouble() : null;
        }
        return value;
    }

    private static @Nullable Object valueOf(AccessibleObject key, Object event) throws Throwable {
        try {
            return key instanceof Field field ? field.get(event) : ((Method) key).invoke(event);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
