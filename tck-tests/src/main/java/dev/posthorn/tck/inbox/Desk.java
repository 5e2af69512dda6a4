package dev.posthorn.tck.inbox;

import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Does the work, fails as told, and remembers in memory what was called, committed or not. */
@ApplicationScoped
public class Desk {

    @Inject
    @Outbox
    private EntityManager em;

    // Not generated: a provider may lock its table of numbers until the transaction ends, and one that hangs would hold
    // up all.
    private final AtomicLong numbers = new AtomicLong(System.currentTimeMillis());

    private final Map<String, List<String>> calls = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

    /** The next so many pieces of this work fail. */
    public void fail(String work, int times) {
        failures.put(work, new AtomicInteger(times));
    }

    /** This work does not go on until it is let. */
    public void hold(String work) {
        gates.put(work, new CountDownLatch(1));
    }

    public void letGo(String work) {
        gates.remove(work).countDown();
    }

    public void work(String order, String work) {
        note(order, work);
        em.persist(new Work(numbers.incrementAndGet(), order, work));
        CountDownLatch gate = gates.get(work);
        if (gate != null) {
            await(gate);
        }
        AtomicInteger left = failures.get(work);
        if (left != null && left.getAndDecrement() > 0) {
            throw new IllegalStateException(work + " fails, as told");
        }
    }

    public void note(String order, String call) {
        calls.computeIfAbsent(order, any -> new CopyOnWriteArrayList<>()).add(call);
    }

    /** What was called for an order. */
    public List<String> calls(String order) {
        return calls.getOrDefault(order, List.of());
    }

    /** The work for an order that is committed, in its order. */
    @Transactional
    public List<String> done(String order) {
        return em.createQuery("SELECT w.text FROM Work w WHERE w.orderName = :order ORDER BY w.id", String.class)
                .setParameter("order", order)
                .getResultList();
    }

    /** The inbox's entries of these ids, each as state and attempts. */
    @Transactional
    public List<String> entries(String id) {
        List<?> rows = em.createNativeQuery(
                        "SELECT state, attempts FROM posthorn_inbox WHERE event_id = ?1 ORDER BY seq")
                .setParameter(1, id)
                .getResultList();
        return rows.stream()
                .map(row -> ((Object[]) row)[0] + " after " + ((Object[]) row)[1])
                .toList();
    }

    private static void await(CountDownLatch gate) {
        try {
            if (!gate.await(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody has let this go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
