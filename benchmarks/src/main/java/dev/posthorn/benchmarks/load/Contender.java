package dev.posthorn.benchmarks.load;

/** What a process has of one variant. */
public record Contender(Business business, Relay relay) {

    public Contender(Business business) {
        this(business, Relay.OF_TRANSACTIONS);
    }
}
