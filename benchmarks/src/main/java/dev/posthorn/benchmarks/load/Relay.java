package dev.posthorn.benchmarks.load;

/** What a variant does beside its transactions. It rests while other variants are measured. */
public interface Relay {

    /** Of variants whose relay has nothing to do where there are no transactions. */
    Relay OF_TRANSACTIONS = new Relay() {
        @Override
        public void start() {}

        @Override
        public void stop() {}
    };

    void start() throws Exception;

    void stop() throws Exception;

    /** Starts or stops it, as requests say. */
    default void turn(boolean on) throws Exception {
        if (on) {
            start();
        } else {
            stop();
        }
    }
}
