package dev.posthorn.health;

import dev.posthorn.config.HealthConfig.BacklogCheck;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.lang.annotation.Annotation;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** The health checks as beans. The only class that needs MicroProfile Health, and not to be touched where {@link HealthApi} is absent. */
public final class HealthBeans {

    private HealthBeans() {}

    /** The beans that servers with MicroProfile Health ask. */
    public static void add(AfterBeanDiscovery discovery, BacklogCheck backlog) {
        add(discovery, "posthorn-store", Readiness.Literal.INSTANCE, beans -> health(beans)
                .store());
        add(discovery, "posthorn-loops", Liveness.Literal.INSTANCE, beans -> health(beans)
                .loops());
        add(discovery, "posthorn-inbox", Liveness.Literal.INSTANCE, beans -> beans.select(InboxHealth.class)
                .get()
                .channels());
        if (backlog != BacklogCheck.NONE) {
            add(
                    discovery,
                    "posthorn-backlog",
                    backlog == BacklogCheck.LIVENESS ? Liveness.Literal.INSTANCE : Readiness.Literal.INSTANCE,
                    beans -> beans.select(BacklogHealth.class).get().backlog());
        }
    }

    private static NodeHealth health(Instance<Object> beans) {
        return beans.select(NodeHealth.class).get();
    }

    /** Dependent, so that no proxy of the server's interface has to be made in this application. */
    private static void add(
            AfterBeanDiscovery discovery, String name, Annotation kind, Function<Instance<Object>, Verdict> check) {
        discovery
                .<HealthCheck>addBean()
                .beanClass(HealthBeans.class)
                .id(name)
                .types(HealthCheck.class, Object.class)
                .qualifiers(kind, Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .produceWith(beans -> () -> response(name, check.apply(beans)));
    }

    private static HealthCheckResponse response(String name, Verdict verdict) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(verdict.up());
        verdict.data().forEach((about, value) -> {
            if (value instanceof Long number) {
                response.withData(about, number);
            } else if (value instanceof Boolean truth) {
                response.withData(about, truth);
            } else {
                response.withData(about, value.toString());
            }
        });
        return response.build();
    }
}
