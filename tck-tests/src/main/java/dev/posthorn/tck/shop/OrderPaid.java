package dev.posthorn.tck.shop;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** Another type on the same topic. */
@IntegrationEvent(topic = "orders", type = "order-paid")
public class OrderPaid {

    @Key
    private final String order;

    private String text;

    public OrderPaid(String order, String text) {
        this.order = order;
        this.text = text;
    }

    public String getOrder() {
        return order;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }
}
