package dev.posthorn.serialize;

import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import jakarta.json.bind.annotation.JsonbVisibility;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Those of Jakarta JSON Binding without any configuration. */
public final class JsonbRules implements SerializerRules {

    @Override
    public Optional<String> unreadable(Class<?> javaClass) {
        if (javaClass.isRecord() || javaClass.isEnum() || saysHowItIsRead(javaClass)) {
            return Optional.empty();
        }
        JsonbTypeInfo info = javaClass.getDeclaredAnnotation(JsonbTypeInfo.class);
        if (info != null) {
            return Stream.of(info.value())
                    .map(JsonbSubtype::type)
                    .filter(subtype -> subtype != javaClass)
                    .flatMap(subtype -> unreadable(subtype).stream())
                    .findFirst();
        }
        if (Modifier.isAbstract(javaClass.getModifiers())) {
            return Optional.of(
                    javaClass.getName() + " is abstract, and has no @JsonbTypeInfo that names its subclasses");
        }
        return hasNoArgConstructor(javaClass)
                ? Optional.empty()
                : Optional.of(javaClass.getName()
                        + " has no constructor without parameters that is public or protected, and no @JsonbCreator");
    }

    /** Of the annotations of supertypes JSON-B takes no notice when it reads. */
    @Override
    public boolean tells(Class<?> read, Class<?> subclass) {
        JsonbTypeInfo info = read.getDeclaredAnnotation(JsonbTypeInfo.class);
        if (info == null) {
            return saysHowItIsRead(read);
        }
        return Stream.of(info.value())
                .map(JsonbSubtype::type)
                .anyMatch(subtype -> subclass.isAssignableFrom(subtype)
                        || subtype != read && subtype.isAssignableFrom(subclass) && tells(subtype, subclass));
    }

    @Override
    public boolean isWrittenEmpty(Class<?> javaClass) {
        return !javaClass.isRecord()
                && !javaClass.isEnum()
                && !javaClass.isAnnotationPresent(JsonbTypeSerializer.class)
                && !javaClass.isAnnotationPresent(JsonbTypeAdapter.class)
                && !javaClass.isAnnotationPresent(JsonbVisibility.class)
                && (javaClass.getPackage() == null
                        || !javaClass.getPackage().isAnnotationPresent(JsonbVisibility.class))
                && Stream.of(javaClass.getMethods()).noneMatch(JsonbRules::isGetter)
                && fields(javaClass).anyMatch(JsonbRules::isMeant)
                && fields(javaClass).noneMatch(JsonbRules::isProperty);
    }

    private static boolean saysHowItIsRead(Class<?> javaClass) {
        return javaClass.isAnnotationPresent(JsonbTypeDeserializer.class)
                || javaClass.isAnnotationPresent(JsonbTypeAdapter.class)
                || Stream.concat(
                                Arrays.stream(javaClass.getDeclaredConstructors()),
                                Arrays.stream(javaClass.getDeclaredMethods()))
                        .anyMatch(creator -> creator.isAnnotationPresent(JsonbCreator.class));
    }

    private static boolean hasNoArgConstructor(Class<?> javaClass) {
        return Arrays.stream(javaClass.getDeclaredConstructors())
                .filter(constructor -> constructor.getParameterCount() == 0)
                .mapToInt(Constructor::getModifiers)
                .anyMatch(modifiers -> Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
    }

    private static Stream<Field> fields(Class<?> javaClass) {
        return Stream.<Class<?>>iterate(javaClass, c -> c != null && c != Object.class, Class::getSuperclass)
                .flatMap(c -> Arrays.stream(c.getDeclaredFields()));
    }

    /** What is transient is left out on purpose. */
    private static boolean isMeant(Field field) {
        return !field.isSynthetic()
                && !Modifier.isStatic(field.getModifiers())
                && !Modifier.isTransient(field.getModifiers())
                && !field.isAnnotationPresent(JsonbTransient.class);
    }

    private static boolean isProperty(Field field) {
        return isMeant(field) && Modifier.isPublic(field.getModifiers());
    }

    private static boolean isGetter(Method method) {
        String name = method.getName();
        return method.getDeclaringClass() != Object.class
                && !Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && (name.startsWith("get") && name.length() > 3 || name.startsWith("is") && name.length() > 2)
                && !method.isAnnotationPresent(JsonbTransient.class);
    }
}
