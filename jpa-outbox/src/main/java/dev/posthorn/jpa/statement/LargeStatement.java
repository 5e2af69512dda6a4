package dev.posthorn.jpa.statement;

import dev.posthorn.PosthornException;
import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.log.Printable;
import java.util.function.Supplier;

/** Says what may be wrong when a database refuses a large statement without doing so: MariaDB closes the connection. */
public final class LargeStatement {

    /** What every database takes as it is set up by default. */
    private static final int SURELY_TAKEN = 1 << 20;

    private final Dialect dialect;

    public LargeStatement(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Executes a change.
     *
     * @param bytes the size of the payloads in it
     */
    public <T> T execute(Supplier<T> change, long bytes) {
        try {
            return change.get();
        } catch (RuntimeException e) {
            if (bytes <= SURELY_TAKEN || dialect.sizeLimit().isEmpty() || Contention.ended(e)) {
                throw e;
            }
            throw new TooLargeException(
                    Problems.tooLarge(bytes, dialect.sizeLimit().get(), e), e);
        }
    }

    private static final class TooLargeException extends PosthornException {

        private static final long serialVersionUID = 1L;

        TooLargeException(String message, Throwable cause) {
            super(Printable.upTo(2000, message).toString(), cause);
        }
    }
}
