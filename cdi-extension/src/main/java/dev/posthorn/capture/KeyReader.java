package dev.posthorn.capture;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.Key;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@link Key} of an event. */
interface KeyReader {

    /** The key, or null if this event has none. */
    @Nullable
    String read(Object event);

    /** @throws EventNotPublishableException if the class has more than one key, or one that can't be read */
    static KeyReader of(Class<?> type) {
        List<AccessibleObject> keys = type.isRecord() ? ofRecord(type) : ofClass(type);
        if (keys.isEmpty()) {
            return event -> null;
        }
        if (keys.size() > 1) {
            throw new EventNotPublishableException(type.getName() + " has more than one @Key: " + keys
                    + ". Leave one of them, or put it on a method without parameters that combines them.");
        }
        AccessibleObject key = keys.get(0);
        if (!key.trySetAccessible()) {
            throw new EventNotPublishableException("The @Key " + key
                    + " can't be read: its module does not open the package. Make it public or open the package.");
        }
        return event -> text(valueOf(key, event));
    }

    private static List<AccessibleObject> ofRecord(Class<?> type) {
        List<AccessibleObject> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Key.class)) {
                keys.add(component.getAccessor());
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isKey(method) && !keys.contains(method)) {
                keys.add(method);
            }
        }
        return keys;
    }

    private static List<AccessibleObject> ofClass(Class<?> type) {
        List<AccessibleObject> keys = new ArrayList<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (field.isAnnotationPresent(Key.class)) {
                    keys.add(field);
                }
            }
            for (Method method : c.getDeclaredMethods()) {
                if (isKey(method) && keys.stream().noneMatch(key -> isOverriding(key, method))) {
                    keys.add(method);
                }
            }
        }
        return keys;
    }

    private static boolean isKey(Method method) {
        if (!method.isAnnotationPresent(Key.class) || method.isBridge()) {
            return false;
        }
        if (method.getParameterCount() > 0
                || method.getReturnType() == void.class
                || Modifier.isStatic(method.getModifiers())) {
            throw new EventNotPublishableException("@Key on " + method
                    + " has no effect: it must be on a method of an instance that takes nothing and returns the key.");
        }
        return true;
    }

    private static boolean isOverriding(AccessibleObject key, Method inherited) {
        return key instanceof Method method && method.getName().equals(inherited.getName());
    }

    private static @Nullable Object valueOf(AccessibleObject key, Object event) {
        try {
            return key instanceof Field field ? field.get(event) : ((Method) key).invoke(event);
        } catch (ReflectiveOperationException e) {
            throw new EventNotPublishableException(
                    "The @Key " + key + " could not be read, so the event is not published; see the cause.",
                    e.getCause() == null ? e : e.getCause());
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return text.isEmpty() ? null : text;
    }
}
