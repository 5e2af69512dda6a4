package dev.posthorn.benchmarks.shop;

import dev.posthorn.benchmarks.load.Contender;
import dev.posthorn.benchmarks.server.Contenders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Transactions with Posthorn and without events. */
@ApplicationScoped
public class ShopContenders implements Contenders {

    @Inject
    Shop shop;

    @Inject
    PosthornsRelay posthorn;

    @Override
    public Contender of(String variant) {
        return switch (variant) {
            case "with" -> new Contender(shop::placeWithEvents, posthorn);
            case "without" -> new Contender(shop::placeWithout);
            default -> throw new IllegalArgumentException("Unknown variant: " + variant);
        };
    }
}
