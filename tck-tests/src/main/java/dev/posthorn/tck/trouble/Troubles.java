package dev.posthorn.tck.trouble;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which troubles this node has, and until when. */
@ApplicationScoped
public class Troubles {

    private static final long GLANCE = 20;

    private final Map<Trouble, Long> ends = new ConcurrentHashMap<>();

    void begin(Trouble trouble, long millis) {
        ends.put(trouble, System.nanoTime() + millis * 1_000_000);
    }

    void end() {
        ends.clear();
    }

    public boolean has(Trouble trouble) {
        Long end = ends.get(trouble);
        return end != null && end - System.nanoTime() > 0;
    }

    void awaitEnd(Trouble trouble) {
        try {
            while (has(trouble)) {
                Thread.sleep(GLANCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
