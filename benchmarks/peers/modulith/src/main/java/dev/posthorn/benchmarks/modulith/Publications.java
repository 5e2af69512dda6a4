package dev.posthorn.benchmarks.modulith;

import dev.posthorn.benchmarks.load.Business;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.load.Relay;
import dev.posthorn.benchmarks.plain.Purchases;
import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.benchmarks.relay.RelayThread;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.modulith.events.FailedEventPublications;
import org.springframework.modulith.events.ResubmissionOptions;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * As its documentation has it: a row per listener in the business transaction, the listener asynchronously after the commit, and the
 * row deleted when Kafka has acknowledged. What failed is resubmitted in batches, which an application has to see to itself.
 */
final class Publications implements Business, Relay {

    private static final int WORKERS = 8;
    private static final int BATCH = 1000;
    private static final long PAUSE_MILLIS = 5;
    private static final String RESUBMITTED = "SELECT count(*) FROM event_publication WHERE status = 'RESUBMITTED'";
    private static final String FAILED = "SELECT EXISTS (SELECT FROM event_publication WHERE status = 'FAILED')";
    private static final long LOOK_MILLIS = 1000;

    private final ApplicationEventPublisher publisher;
    private final FailedEventPublications failed;
    private final Gate gate;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final RelayThread resubmission = new RelayThread("resubmission", this::resubmit);

    private Publications(ConfigurableApplicationContext spring) {
        publisher = spring;
        failed = spring.getBean(FailedEventPublications.class);
        gate = spring.getBean(Gate.class);
        jdbc = spring.getBean(JdbcTemplate.class);
        transaction = new TransactionTemplate(spring.getBean(PlatformTransactionManager.class));
    }

    static Publications of(Resources resources) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.main.web-application-type", "none");
        properties.put("spring.main.banner-mode", "off");
        properties.put("logging.level.root", "warn");
        properties.put("spring.datasource.url", resources.jdbcUrl());
        properties.put("spring.datasource.username", resources.user());
        properties.put("spring.datasource.password", resources.password());
        properties.put("spring.datasource.hikari.maximum-pool-size", resources.poolSize());
        properties.put("spring.kafka.bootstrap-servers", resources.bootstrapServers());
        resources
                .producerProperties()
                .forEach((name, value) -> properties.put("spring.kafka.producer.properties." + name, value));
        properties.put("spring.modulith.events.jdbc.schema-initialization.enabled", true);
        properties.put("spring.modulith.events.completion-mode", "delete");
        properties.put("spring.task.execution.pool.core-size", WORKERS);
        SpringApplication application = new SpringApplication(ShopApplication.class);
        application.setDefaultProperties(properties);
        return new Publications(application.run());
    }

    @Override
    public void place(List<OrderPlaced> orders) {
        transaction.executeWithoutResult(status -> {
            jdbc.execute((ConnectionCallback<Void>) connection -> {
                Purchases.insert(connection, orders.get(0));
                return null;
            });
            orders.forEach(publisher::publishEvent);
        });
    }

    /** Returns when there may be more to do. */
    private int resubmit() throws InterruptedException {
        if (!Boolean.TRUE.equals(jdbc.queryForObject(FAILED, Boolean.class))) {
            Thread.sleep(LOOK_MILLIS);
            return 0;
        }
        while (Objects.requireNonNull(jdbc.queryForObject(RESUBMITTED, Long.class)) >= BATCH) {
            Thread.sleep(PAUSE_MILLIS);
        }
        failed.resubmit(ResubmissionOptions.defaults().withBatchSize(BATCH));
        return BATCH;
    }

    @Override
    public void start() {
        gate.open();
        resubmission.start();
    }

    /** What is committed from now on waits in the table. */
    @Override
    public void stop() throws InterruptedException {
        resubmission.stop();
        gate.shut();
    }
}
