package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.transaction.Transactions;
import java.util.List;
import java.util.Optional;

/** What a later release does at its start, whose jar has more scripts than this one. */
public final class LaterVersions {

    private final List<String> scripts;

    /** @param scripts those that come after the first */
    public LaterVersions(List<String> scripts) {
        this.scripts = scripts;
    }

    public List<String> outgoing(Transactions transactions, StoreConfig config) {
        return new Preparation(transactions, config, this::read).outgoing();
    }

    private Optional<String> read(String resource) {
        int version = Integer.parseInt(resource.replaceFirst(".*/V(\\d+)__posthorn\\.sql", "$1"));
        if (version == 1) {
            return Scripts.inJar(resource);
        }
        return version - 2 < scripts.size() ? Optional.of(scripts.get(version - 2)) : Optional.empty();
    }
}
