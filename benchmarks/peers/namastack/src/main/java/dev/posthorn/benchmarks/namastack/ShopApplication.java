package dev.posthorn.benchmarks.namastack;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaTemplate;

/** An application that publishes its orders. */
@SpringBootApplication(proxyBeanMethods = false)
class ShopApplication {

    @Bean
    ToKafka toKafka(KafkaTemplate<Object, Object> kafka) {
        return new ToKafka(kafka);
    }
}
