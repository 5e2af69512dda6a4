package dev.posthorn.extension;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.PosthornException;
import dev.posthorn.Received;
import dev.posthorn.capture.Capture;
import dev.posthorn.config.HealthConfig;
import dev.posthorn.config.InboxConfig;
import dev.posthorn.handle.DiscoveredHandlers;
import dev.posthorn.health.HealthApi;
import dev.posthorn.health.HealthBeans;
import dev.posthorn.log.Log;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger.Level;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Registers, collects and reports; the work begins when the application starts. */
// Payara gives an extension class without a scope an archive of its own, which can't see this library's beans.
@Dependent
public class PosthornExtension implements Extension {

    private static final Log LOG = Log.of("dev.posthorn");

    private final DiscoveredTypes discovered = new DiscoveredTypes();
    private final DiscoveredHandlers handlers = new DiscoveredHandlers();
    private volatile @Nullable Capture capture;

    void typeInBeanArchive(@Observes @WithAnnotations(IntegrationEvent.class) ProcessAnnotatedType<?> type) {
        Class<?> javaClass = type.getAnnotatedType().getJavaClass();
        if (javaClass.isAnnotationPresent(IntegrationEvent.class)) {
            discovered.add(javaClass);
            type.veto();
        }
    }

    /** Sees types in libraries that are no bean archives, if a bean is injected with an {@code Event} of them. */
    void typeOfInjectedEvent(@Observes ProcessInjectionPoint<?, ?> point) {
        Type type = point.getInjectionPoint().getType();
        if (type instanceof ParameterizedType event && event.getRawType() == Event.class) {
            Type fired = event.getActualTypeArguments()[0];
            Type raw = fired instanceof ParameterizedType generic ? generic.getRawType() : fired;
            if (raw instanceof Class<?> javaClass && javaClass.isAnnotationPresent(IntegrationEvent.class)) {
                discovered.addFired(javaClass);
            }
        }
    }

    void observerOfReceived(@Observes ProcessObserverMethod<?, ?> observer) {
        ObserverMethod<?> method = observer.getObserverMethod();
        if (method.getObservedQualifiers().contains(Received.Literal.INSTANCE)) {
            handlers.addObserver(
                    method, observer.getAnnotatedMethod().getJavaMember().getName());
        } else if (method.getObservedType() instanceof Class<?> javaClass
                && javaClass.isAnnotationPresent(IntegrationEvent.class)) {
            handlers.addObserverOfFired(method.getBeanClass(), javaClass);
        }
    }

    /**
     * One observer for all types, so that an event is captured once however its types inherit, and however it is fired: through an
     * injected {@code Event}, {@code select} or the BeanManager, also if its class was not seen before.
     */
    void observe(@Observes AfterBeanDiscovery discovery, BeanManager beanManager) {
        discovery.addObserverMethod(
                CapturingObserver.beforeAllOthers(event -> capture(beanManager).fireBegins(event)));
        discovery.addObserverMethod(
                CapturingObserver.afterAllOthers(event -> capture(beanManager).fireEnds(event)));
        discovery.addObserverMethod(
                CapturingObserver.asynchronous(event -> capture(beanManager).firedAsync(event)));
    }

    /** Where the server has no MicroProfile Health, nobody would ask. */
    void addHealthChecks(@Observes AfterBeanDiscovery discovery) {
        if (HealthApi.isPresent()) {
            HealthBeans.add(
                    discovery,
                    HealthConfig.read(ConfigProvider.getConfig(), Set.of()).backlog());
        }
    }

    /** Before SmallRye connects the channels, which throws where one of them can't be: then nobody else is asked, on WildFly. */
    void report(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) AfterDeploymentValidation validation,
            BeanManager beanManager) {
        Config config = ConfigProvider.getConfig();
        DeploymentCheck check = new DeploymentCheck(beanManager, config);
        handlers.addBeans(beanManager);
        handlers.route(config, check.serializerRules(), discovered.annotated());
        discovered.received(handlers.eventClasses());
        check.of(discovered, handlers);
        check.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        check.problems().forEach(problem -> validation.addDeploymentProblem(new PosthornException(problem)));
    }

    /** The channels that events can be sent on. */
    public Set<String> channels() {
        return discovered.channels(ConfigProvider.getConfig());
    }

    /** The logical types that are published or handled. */
    public Set<String> types() {
        return DeploymentCheck.types(discovered, handlers, ConfigProvider.getConfig());
    }

    /** The handlers of events that arrive. */
    public DiscoveredHandlers handlers() {
        return handlers;
    }

    /** Whether events are received at all. */
    public boolean receives(InboxConfig config) {
        return DeploymentCheck.receives(handlers, config);
    }

    private Capture capture(BeanManager beanManager) {
        Capture known = capture;
        if (known == null) {
            known = beanManager.createInstance().select(Capture.class).get();
            capture = known;
        }
        return known;
    }
}
