package dev.posthorn.handle;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * A bean by one of its types, which says for which class of events it is.
 *
 * @param type the bean's type, such as {@code IntegrationEventHandler<OrderPlaced>}
 */
record BeanUse(BeanManager beanManager, Bean<?> bean, Type type) {

    /** What is done with an instance. */
    interface Use<T, R> {
        R use(T instance) throws Exception;
    }

    /** The bean, if it has a type made of this one. */
    static Optional<BeanUse> of(BeanManager beanManager, Bean<?> bean, Class<?> raw) {
        return bean.getTypes().stream()
                .filter(type -> type instanceof ParameterizedType generic && generic.getRawType() == raw)
                .findFirst()
                .map(type -> new BeanUse(beanManager, bean, type));
    }

    /** The class of the events that it is for; empty if its type doesn't name one. */
    Optional<Class<?>> eventClass() {
        Type argument = ((ParameterizedType) type).getActualTypeArguments()[0];
        return argument instanceof Class<?> named ? Optional.of(named) : Optional.empty();
    }

    /** Uses an instance; one that belongs to nobody else ends with its use. */
    @SuppressWarnings("unchecked")
    <T, R> R with(Use<T, R> use) throws Exception {
        CreationalContext<?> creation = beanManager.createCreationalContext(bean);
        try {
            return use.use((T) beanManager.getReference(bean, type, creation));
        } finally {
            creation.release();
        }
    }

    String name() {
        return bean.getBeanClass().getName();
    }

    int priority() {
        return Priorities.of(bean);
    }
}
