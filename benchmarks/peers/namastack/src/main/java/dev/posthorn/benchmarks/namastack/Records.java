package dev.posthorn.benchmarks.namastack;

import dev.posthorn.benchmarks.load.Business;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.load.Relay;
import dev.posthorn.benchmarks.plain.Purchases;
import dev.posthorn.benchmarks.plain.Resources;
import io.namastack.outbox.Outbox;
import io.namastack.outbox.OutboxProcessingScheduler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * As its documentation has it for throughput: a poll every 25 ms instead of 2 s, a thousand keys at once instead of ten, and more
 * threads; rows are deleted when Kafka has acknowledged.
 */
final class Records implements Business, Relay {

    private static final int WORKERS = 32;

    private static final Map<String, Object> SETTINGS = Map.ofEntries(
            Map.entry("spring.main.web-application-type", "none"),
            Map.entry("spring.main.banner-mode", "off"),
            Map.entry("logging.level.root", "warn"),
            Map.entry("namastack.outbox.jdbc.schema-initialization.enabled", true),
            Map.entry("namastack.outbox.polling.trigger", "fixed"),
            Map.entry("namastack.outbox.polling.batch-size", 1000),
            Map.entry("namastack.outbox.polling.fixed.interval", "25ms"),
            Map.entry("namastack.outbox.processing.delete-completed-records", true),
            Map.entry("namastack.outbox.processing.executor-core-pool-size", WORKERS),
            Map.entry("namastack.outbox.processing.executor-max-pool-size", 2 * WORKERS),
            Map.entry("namastack.outbox.instance.rebalance-interval", "1s"),
            Map.entry("namastack.outbox.instance.heartbeat-interval", "1s"),
            Map.entry("namastack.outbox.instance.stale-instance-timeout", "10s"));

    private final Outbox outbox;
    private final OutboxProcessingScheduler scheduler;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    private Records(ConfigurableApplicationContext spring) {
        outbox = spring.getBean(Outbox.class);
        scheduler = spring.getBean(OutboxProcessingScheduler.class);
        jdbc = spring.getBean(JdbcTemplate.class);
        transaction = new TransactionTemplate(spring.getBean(PlatformTransactionManager.class));
        scheduler.stop();
    }

    static Records of(Resources resources) {
        Map<String, Object> properties = new HashMap<>(SETTINGS);
        properties.put("spring.datasource.url", resources.jdbcUrl());
        properties.put("spring.datasource.username", resources.user());
        properties.put("spring.datasource.password", resources.password());
        properties.put("spring.datasource.hikari.maximum-pool-size", resources.poolSize());
        properties.put("spring.kafka.bootstrap-servers", resources.bootstrapServers());
        resources
                .producerProperties()
                .forEach((name, value) -> properties.put("spring.kafka.producer.properties." + name, value));
        SpringApplication application = new SpringApplication(ShopApplication.class);
        application.setDefaultProperties(properties);
        return new Records(application.run());
    }

    @Override
    public void place(List<OrderPlaced> orders) {
        transaction.executeWithoutResult(status -> {
            jdbc.execute((ConnectionCallback<Void>) connection -> {
                Purchases.insert(connection, orders.get(0));
                return null;
            });
            orders.forEach(order -> outbox.schedule(order, order.key()));
        });
    }

    @Override
    public void start() {
        scheduler.start();
    }

    @Override
    public void stop() {
        scheduler.stop();
    }
}
