package dev.posthorn.benchmarks.shop;

import dev.posthorn.benchmarks.emitter.AnnouncingShop;
import dev.posthorn.benchmarks.emitter.DirectEmitter;
import dev.posthorn.benchmarks.emitter.PollerEmitter;
import dev.posthorn.benchmarks.load.Contender;
import dev.posthorn.benchmarks.server.Contenders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Posthorn, and what is written by hand beside it. */
@ApplicationScoped
public class ShopContenders implements Contenders {

    @Inject
    Shop shop;

    @Inject
    PosthornsRelay posthorn;

    @Inject
    AnnouncingShop announcingShop;

    @Inject
    DirectEmitter directEmitter;

    @Inject
    PollerEmitter pollerEmitter;

    @Override
    public Contender of(String variant) {
        return switch (variant) {
            case "with" -> new Contender(shop::placeWithEvents, posthorn);
            case "without" -> new Contender(shop::placeWithout);
            case "send" -> new Contender(announcingShop::place);
            case "direct-emitter" -> new Contender(directEmitter::place);
            case "poller-emitter" -> new Contender(pollerEmitter::place, pollerEmitter);
            default -> throw new IllegalArgumentException("Unknown variant: " + variant);
        };
    }
}
