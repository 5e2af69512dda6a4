package dev.posthorn.jpa;

import dev.posthorn.Outbox;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.Supplied;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.Set;

/**
 * Reports an application that does not hand its EntityManager over, unless it has an {@link EventStore} of its own.
 */
// Without a scope Payara puts extensions into an archive of their own, from which the beans of this one are not seen.
@Dependent
public class JpaOutboxExtension implements Extension {

    void validate(@Observes AfterDeploymentValidation validation, BeanManager beans) {
        if (!isStoreReplaced(beans)) {
            problem(beans).ifPresent(message -> validation.addDeploymentProblem(new DeploymentException(message)));
        }
    }

    private static boolean isStoreReplaced(BeanManager beans) {
        return beans.getBeans(EventStore.class, Any.Literal.INSTANCE).stream()
                .anyMatch(bean -> !bean.getQualifiers().contains(Supplied.Literal.INSTANCE));
    }

    private static Optional<String> problem(BeanManager beans) {
        Set<Bean<?>> producers = beans.getBeans(EntityManager.class, Outbox.Literal.INSTANCE);
        if (producers.isEmpty()) {
            return Optional.of(Problems.noEntityManager());
        }
        try {
            // Alternatives may leave one of several.
            beans.resolve(producers);
            return Optional.empty();
        } catch (AmbiguousResolutionException e) {
            return Optional.of(Problems.severalEntityManagers(
                    producers.stream().map(Object::toString).sorted().toList()));
        }
    }
}
