package dev.posthorn;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is logged under a name. */
public final class LogLines extends Handler implements AutoCloseable {

    private final Logger logger;
    private final @Nullable Level formerLevel;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Also after a simulation, which silences the log. */
    public LogLines(String name) {
        logger = Logger.getLogger(name);
        formerLevel = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addHandler(this);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void publish(LogRecord line) {
        Object[] parameters = line.getParameters();
        boolean isPattern = parameters != null && parameters.length > 0;
        lines.add(isPattern ? MessageFormat.format(line.getMessage(), parameters) : line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(formerLevel);
    }
}
