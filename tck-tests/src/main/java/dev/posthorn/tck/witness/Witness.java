package dev.posthorn.tck.witness;

import dev.posthorn.EventDelivered;
import dev.posthorn.EventDeliveryFailed;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers the notifications, and whether there was a transaction when something happened. */
@ApplicationScoped
public class Witness {

    private final List<EventDeliveryFailed> failures = new CopyOnWriteArrayList<>();
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<Integer>> transactionStatus = new ConcurrentHashMap<>();

    @Resource
    private TransactionSynchronizationRegistry transaction;

    void failed(@Observes EventDeliveryFailed notification) {
        sees("failure");
        failures.add(notification);
    }

    void delivered(@Observes EventDelivered notification) {
        sees("delivery");
        delivered.add(String.valueOf(notification.event().key()));
    }

    void sees(String what) {
        transactionStatus
                .computeIfAbsent(what, key -> ConcurrentHashMap.newKeySet())
                .add(transaction.getTransactionStatus());
    }

    /** What was told of events of that key. */
    public List<EventDeliveryFailed> failures(String key) {
        return failures.stream()
                .filter(failure -> key.equals(failure.event().key()))
                .toList();
    }

    public boolean wasToldOfDelivery(String key) {
        return delivered.contains(key);
    }

    /** Whether this has happened, and every time outside any transaction. */
    public boolean sawOutsideTransactions(String what) {
        return Set.of(Status.STATUS_NO_TRANSACTION).equals(transactionStatus.get(what));
    }
}
