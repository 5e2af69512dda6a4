package dev.posthorn.example.launcher;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** All processes that were started, so that none outlives the demo, however early it is stopped. */
final class Children {

    private final Deque<ChildProcess> latestFirst = new ArrayDeque<>();
    private boolean closed;

    /** @param arguments may write files: they are not asked for while all is stopped and cleared away */
    synchronized ChildProcess start(Assembly assembly, Path directory, Path log, Supplier<List<String>> arguments) {
        if (closed) {
            throw new DemoFailedException("The demo is being stopped.");
        }
        ChildProcess child = ChildProcess.java(assembly, directory, log, arguments.get());
        latestFirst.push(child);
        return child;
    }

    synchronized void stopAll() {
        closed = true;
        latestFirst.forEach(ChildProcess::stop);
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
