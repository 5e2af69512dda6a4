package dev.posthorn.receive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times as RFC 3339 writes them, with what {@link java.time} doesn't know. */
final class EventTime {

    private static final Pattern FORMAT =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[Tt ](\\d\\d:\\d\\d):(\\d\\d)(?:\\.(\\d+))?"
                    + "(?:[Zz]|([+-])([01]\\d|2[0-3]):([0-5]\\d))");

    private static final int NANO_DIGITS = 9;
    private static final String LEAP_SECOND = "60";
    private static final String LAST_SECOND = "59";

    private EventTime() {}

    /** Empty if it is none. A leap second is the one before it; more digits than nanoseconds have are left out. */
    static Optional<Instant> parse(String text) {
        Matcher time = FORMAT.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        String second = time.group(3).equals(LEAP_SECOND) ? LAST_SECOND : time.group(3);
        try {
            return Optional.of(LocalDateTime.parse(time.group(1) + "T" + time.group(2) + ":" + second)
                    .minusSeconds(offset(time))
                    .toInstant(ZoneOffset.UTC)
                    .plusNanos(nanos(time.group(4))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static long nanos(String fraction) {
        if (fraction == null) {
            return 0;
        }
        String digits = fraction.length() > NANO_DIGITS ? fraction.substring(0, NANO_DIGITS) : fraction;
        return Long.parseLong(digits + "0".repeat(NANO_DIGITS - digits.length()));
    }

    /** In seconds; a zone of {@link java.time} has no more than 18 hours. */
    private static long offset(Matcher time) {
        String sign = time.group(5);
        if (sign == null) {
            return 0;
        }
        long seconds = Long.parseLong(time.group(6)) * 3600 + Long.parseLong(time.group(7)) * 60;
        return sign.equals("-") ? -seconds : seconds;
    }
}
