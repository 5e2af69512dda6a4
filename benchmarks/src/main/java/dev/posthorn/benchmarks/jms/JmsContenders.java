package dev.posthorn.benchmarks.jms;

import dev.posthorn.benchmarks.load.Contender;
import dev.posthorn.benchmarks.server.Contenders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** There is but one. */
@ApplicationScoped
public class JmsContenders implements Contenders {

    @Inject
    XaShop shop;

    @Override
    public Contender of(String variant) {
        return new Contender(shop::place);
    }
}
