package dev.posthorn.retry;

import java.time.Duration;

/**
 * How often, and after which delays, an event is tried again that can't be sent.
 *
 * @param maxAttempts after how many counted failures it is dead
 * @param delay before the second attempt; doubles with each
 * @param maxDelay the longest delay
 * @param jitter by which part a delay may be longer or shorter, so that events that failed together are not tried together
 */
public record RetryPolicy(int maxAttempts, Duration delay, Duration maxDelay, double jitter) {

    /** The delay after so many failed attempts. The same for the same event and number, so that it can be foretold. */
    public Duration delayAfter(int attempts, Object event) {
        long first = delay.toNanos();
        long max = maxDelay.toNanos();
        int doublings = attempts - 1;
        long exact = doublings >= Long.numberOfLeadingZeros(first) - 1 ? max : Math.min(first << doublings, max);
        double chance =
                (Integer.toUnsignedLong((event.hashCode() + attempts) * 0x9E3779B9) / (double) (1L << 32)) * 2 - 1;
        return Duration.ofNanos((long) (exact * (1 + jitter * chance)));
    }

    public boolean isLast(int attempts) {
        return attempts >= maxAttempts;
    }
}
