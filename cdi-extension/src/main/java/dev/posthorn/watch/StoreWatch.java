package dev.posthorn.watch;

import dev.posthorn.log.FailureText;
import dev.posthorn.log.Log;
import dev.posthorn.log.Printable;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Logs an outage of the store once when it begins and once when it ends, however many loops, channels and ticks fail meanwhile. Whoever
 * asks the store reports here how that went; the failures themselves are logged at DEBUG. One watch serves a whole application, on any
 * thread.
 *
 * <p>A question that keeps failing while the store answers others is no outage. It is logged by itself, every ten minutes.
 */
public final class StoreWatch {

    private static final Log LOG = Log.of("dev.posthorn.store");

    /** After so long without a failure, any answer ends an outage: what failed may not be asked again. */
    private static final long QUIET = Duration.ofSeconds(10).toNanos();

    private static final long REMINDER = Duration.ofMinutes(10).toNanos();

    private final LongSupplier nanoClock;

    /** What has failed and has not succeeded since, with the time from which on it is worth a line of its own. */
    private final Map<String, Long> failing = new HashMap<>();

    private boolean away;
    private long awaySince;
    private long lastFailure;
    private int failures;
    private volatile boolean calm = true;

    public StoreWatch(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Asks the store and reports how that went. What the question throws comes out.
     *
     * @param what completes "The store could not ..."; one of a bounded number of texts
     */
    public void asking(String what, Runnable question) {
        try {
            question.run();
        } catch (Throwable e) {
            failed(what, e);
            throw e;
        }
        succeeded(what);
    }

    /** The store has done this. Costs next to nothing as long as all goes well. */
    public void succeeded(String what) {
        if (!calm) {
            noteSuccess(what);
        }
    }

    private synchronized void noteSuccess(String what) {
        long now = nanoClock.getAsLong();
        boolean failedBefore = failing.remove(what) != null;
        if (away && (failedBefore || now - lastFailure >= QUIET)) {
            away = false;
            failing.replaceAll((other, time) -> now + QUIET);
            LOG.log(
                    Level.INFO,
                    "POSTHORN-1022 The store answers again, after {0} ({1} failures).",
                    Duration.ofNanos(now - awaySince).withNanos(0),
                    failures);
        }
        calm = !away && failing.isEmpty();
    }

    /** The store has failed to do this. */
    public void failed(String what, Throwable error) {
        LOG.log(Level.DEBUG, error, "The store could not {0}.", what);
        noteFailure(what, error);
    }

    private synchronized void noteFailure(String what, Throwable error) {
        long now = nanoClock.getAsLong();
        lastFailure = now;
        calm = false;
        Long worthALine = failing.putIfAbsent(what, now);
        if (away) {
            failures++;
        } else if (worthALine == null) {
            away = true;
            awaySince = now;
            failures = 1;
            LOG.log(
                    Level.WARNING,
                    "POSTHORN-1021 The store could not {0}: {1}. Nothing is lost: it is asked again until it answers. The next line says"
                            + " when that is; until then failures are logged at DEBUG.",
                    what,
                    inOneLine(error));
        } else if (now - worthALine >= 0) {
            failing.put(what, now + REMINDER);
            LOG.log(
                    Level.WARNING,
                    "POSTHORN-1023 The store answers other questions, but still could not {0}: {1}. It is tried again. See the log at DEBUG"
                            + " for the whole failure.",
                    what,
                    inOneLine(error));
        }
    }

    /** What is behind it all: the messages of persistence providers take many lines. */
    private static Printable inOneLine(Throwable error) {
        String text = FailureText.ofItself(FailureText.rootOf(error));
        return Printable.upTo(text.length(), text.replaceAll("\\s+", " ").strip());
    }
}
