package dev.posthorn.benchmarks.modulith;

import dev.posthorn.benchmarks.load.OrderPlaced;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.RoutingTarget;

/** An application that publishes its orders. */
@SpringBootApplication(proxyBeanMethods = false)
class ShopApplication {

    @Bean
    EventExternalizationConfiguration externalization() {
        return EventExternalizationConfiguration.externalizing()
                .selectByType(OrderPlaced.class)
                .route(OrderPlaced.class, order -> RoutingTarget.forTarget(OrderPlaced.TOPIC)
                        .andKey(order.key()))
                .build();
    }

    /** Spring Boot's executor of asynchronous listeners takes it. */
    @Bean
    Gate gate() {
        return new Gate();
    }
}
