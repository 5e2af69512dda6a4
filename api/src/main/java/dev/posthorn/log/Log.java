package dev.posthorn.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.MessageFormat;
import org.jspecify.annotations.Nullable;

/**
 * A logger that shows nothing as it came: parameters and failures are made {@link Printable}. Messages are Posthorn's own texts, with
 * {@code {0}} for each parameter; what comes from elsewhere must be a parameter.
 */
public final class Log {

    private final Logger logger;

    private Log(Logger logger) {
        this.logger = logger;
    }

    public static Log of(String name) {
        return new Log(System.getLogger(name));
    }

    public boolean isLoggable(Level level) {
        return logger.isLoggable(level);
    }

    /** @param message as {@link MessageFormat} reads it if there are parameters, or else as it is */
    public void log(Level level, String message, @Nullable Object... parameters) {
        if (isLoggable(level)) {
            logger.log(level, text(message, parameters));
        }
    }

    /** With the stack trace of a failure. */
    public void log(Level level, Throwable failure, String message, @Nullable Object... parameters) {
        if (isLoggable(level)) {
            logger.log(level, text(message, parameters), FailureText.printable(failure));
        }
    }

    private static String text(String message, @Nullable Object... parameters) {
        if (parameters.length == 0) {
            return message;
        }
        Object[] printable = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            printable[i] = parameters[i] instanceof Number number ? number : Printable.text(parameters[i]);
        }
        return MessageFormat.format(message, printable);
    }
}
