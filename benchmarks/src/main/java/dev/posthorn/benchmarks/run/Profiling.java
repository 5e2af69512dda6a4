package dev.posthorn.benchmarks.run;

/** Looks into the server's JVM during a run. */
interface Profiling {

    /** @param pid the JVM */
    void begin(long pid);

    void end();

    Profiling NONE = new Profiling() {
        @Override
        public void begin(long pid) {}

        @Override
        public void end() {}
    };
}
