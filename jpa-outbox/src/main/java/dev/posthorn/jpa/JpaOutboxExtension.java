package dev.posthorn.jpa;

import dev.posthorn.Outbox;
import dev.posthorn.jpa.config.Problems;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.NodeStore;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reports an application that does not hand its EntityManager over, or sets what is not allowed, unless it has an {@link EventStore} and
 * a {@link NodeStore} of its own.
 */
// Without a scope Payara puts extensions into an archive of their own, from which the beans of this one are not seen.
@Dependent
public class JpaOutboxExtension implements Extension {

    void validate(@Observes AfterDeploymentValidation validation, BeanManager beans) {
        if (isReplaced(EventStore.class, beans) && isReplaced(NodeStore.class, beans)) {
            return;
        }
        List<String> problems = new ArrayList<>(JpaStores.config().problems());
        problem(beans).ifPresent(problems::add);
        problems.forEach(problem -> validation.addDeploymentProblem(new DeploymentException(problem)));
    }

    /** Whether the application has a bean of its own, which is then used instead of ours. */
    private static boolean isReplaced(Class<?> type, BeanManager beans) {
        return !beans.getBeans(type, Default.Literal.INSTANCE).isEmpty();
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
