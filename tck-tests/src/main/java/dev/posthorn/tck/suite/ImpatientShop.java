package dev.posthorn.tck.suite;

import dev.posthorn.tck.app.TckApplication;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.shop.Shop;

/** The shop, with a Posthorn that waits seconds where it would wait for minutes. */
final class ImpatientShop {

    static final String ORDERS = "orders";

    private static final String RETRIER = "dev.posthorn.runtime.FaultTolerantRetrier/send/";

    private ImpatientShop() {}

    static TckArchive named(String name, String... furtherTopics) {
        return TckArchive.named(name)
                .withPosthorn()
                .withPackageOf(Shop.class)
                .with(TckApplication.class, Deliveries.class)
                .events("posthorn", ORDERS)
                .events("posthorn", furtherTopics)
                .property("posthorn.schema", "create")
                .property("posthorn.node.timeout", "PT5S")
                .property("posthorn.send-timeout", "PT2S")
                .property("posthorn.pause.min", "PT0.2S")
                .property("posthorn.pause.max", "PT1S")
                .property("posthorn.retry.delay", "PT0.5S")
                .property("posthorn.retry.max-delay", "PT1S")
                .property("posthorn.stop.timeout", "PT2S")
                .property(RETRIER + "Retry/maxRetries", "1")
                .property(RETRIER + "Retry/delay", "100")
                .property(RETRIER + "Retry/delayUnit", "MILLIS")
                .property(RETRIER + "Retry/jitter", "50")
                .property(RETRIER + "Timeout/value", "2");
    }
}
