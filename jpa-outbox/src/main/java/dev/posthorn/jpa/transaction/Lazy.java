package dev.posthorn.jpa.transaction;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value made at first use; a failed attempt is repeated at the next. */
public final class Lazy<T> implements Supplier<T> {

    private final Supplier<T> source;
    private volatile @Nullable T value;

    public Lazy(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        T known = value;
        return known != null ? known : make();
    }

    private synchronized T make() {
        T known = value;
        if (known == null) {
            known = source.get();
            value = known;
        }
        return known;
    }
}
