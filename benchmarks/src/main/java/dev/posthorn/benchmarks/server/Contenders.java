package dev.posthorn.benchmarks.server;

import dev.posthorn.benchmarks.load.Contender;

/** The variants of an application; it has one such bean. */
public interface Contenders {

    /** @param variant by the name that requests give */
    Contender of(String variant);
}
