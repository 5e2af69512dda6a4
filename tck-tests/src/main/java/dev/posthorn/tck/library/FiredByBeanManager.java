package dev.posthorn.tck.library;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** What is fired with the BeanManager alone. */
@IntegrationEvent(topic = "capture")
public record FiredByBeanManager(@Key String id) {}
