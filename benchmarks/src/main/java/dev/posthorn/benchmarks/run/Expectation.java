package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.LoadRequest;

/** Which events are to come, for a whole session; the consumers of all brokers hand over what came. */
final class Expectation {

    private volatile Arrivals current = new Arrivals(LoadRequest.nothing(0));
    private volatile int strays;

    /** From now on, events of this run are expected, and no others. */
    Arrivals expect(LoadRequest load) {
        current = new Arrivals(load);
        return current;
    }

    /** Events that came when their run was over. */
    int strays() {
        return strays;
    }

    /** @param now when it came, by {@link System#nanoTime} */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    synchronized void arrived(byte[] json, long now) {
        long id = number(json, "\"id\":");
        Arrivals arrivals = current;
        if (arrivals.expects(id)) {
            arrivals.arrived(id, (int) number(json, "\"seq\":"), json.length, now);
        } else {
            strays++;
        }
    }

    /** Looks for the number alone: the consumer shares the machine with what is measured. */
    private static long number(byte[] json, String name) {
        for (int i = 0; i + name.length() < json.length; i++) {
            if (isAt(json, i, name)) {
                return numberAt(json, i + name.length());
            }
        }
        throw new IllegalArgumentException("No " + name + " in an event");
    }

    private static boolean isAt(byte[] json, int from, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (json[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static long numberAt(byte[] json, int from) {
        long number = 0;
        for (int i = from; json[i] >= '0' && json[i] <= '9'; i++) {
            number = number * 10 + json[i] - '0';
        }
        return number;
    }
}
