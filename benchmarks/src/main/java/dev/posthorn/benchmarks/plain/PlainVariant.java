package dev.posthorn.benchmarks.plain;

import dev.posthorn.benchmarks.load.Business;

/** What a process has of one variant. */
public record PlainVariant(Business business, Relay relay) {

    public PlainVariant(Business business) {
        this(business, Relay.OF_TRANSACTIONS);
    }
}
