package dev.posthorn;

import java.lang.reflect.Array;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands in for an interface of which a test needs little. */
public final class Stub {

    private static final Object[] NO_ARGUMENTS = {};
    private static final Map<Class<?>, Object> EMPTY =
            Map.of(Set.class, Set.of(), List.class, List.of(), Map.class, Map.of());

    private Stub() {}

    /** What a stub answers to its calls. */
    @FunctionalInterface
    public interface Answers {

        /** @return null for nothing, be it 0, false, or something empty */
        @Nullable
        Object answer(String method, Object[] arguments) throws Throwable;
    }

    public static <T> T of(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                Stub.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = answers.answer(method.getName(), arguments == null ? NO_ARGUMENTS : arguments);
                    return answer == null ? nothing(method.getReturnType()) : answer;
                }));
    }

    /** Does nothing, and answers nothing. */
    public static <T> T silent(Class<T> type) {
        return of(type, (method, arguments) -> null);
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (type.isPrimitive() && type != void.class) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        return EMPTY.get(type);
    }
}
