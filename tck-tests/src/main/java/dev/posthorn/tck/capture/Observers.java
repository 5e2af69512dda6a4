package dev.posthorn.tck.capture;

import dev.posthorn.tck.capture.Shapes.Base;
import dev.posthorn.tck.capture.Shapes.Derived;
import dev.posthorn.tck.capture.Shapes.Mutable;
import dev.posthorn.tck.capture.Signal.Request;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The application's own observers. They note that they were called. */
@ApplicationScoped
public class Observers {

    private final List<String> calls = new CopyOnWriteArrayList<>();

    @Inject
    private Event<Reaction> reactions;

    void immediately(@Observes Signal signal) {
        note(signal, "immediately");
        switch (signal.request()) {
            case REFUSE -> throw new IllegalArgumentException("refused");
            case REACT -> reactions.fire(new Reaction(signal.id()));
            case REACT_AND_REFUSE -> {
                reactions.fire(new Reaction(signal.id()));
                throw new IllegalArgumentException("refused");
            }
            default -> {
                // Nothing more is asked of this one.
            }
        }
    }

    void beforeCompletion(@Observes(during = TransactionPhase.BEFORE_COMPLETION) Signal signal) {
        note(signal, "before completion");
        if (signal.request() == Request.REACT_BEFORE_COMPLETION) {
            reactions.fire(new Reaction(signal.id()));
        }
    }

    void afterSuccess(@Observes(during = TransactionPhase.AFTER_SUCCESS) Signal signal) {
        note(signal, "after success");
    }

    void afterFailure(@Observes(during = TransactionPhase.AFTER_FAILURE) Signal signal) {
        note(signal, "after failure");
    }

    void asynchronously(@ObservesAsync Signal signal) {
        note(signal, "asynchronously");
    }

    void changing(@Observes Mutable event) {
        event.setText("changed by an observer");
    }

    void base(@Observes Base event) {
        calls.add("base " + event.getId());
    }

    void derived(@Observes Derived event) {
        calls.add("derived " + event.getId());
    }

    private void note(Signal signal, String moment) {
        calls.add(moment + " " + signal.id());
    }

    /** What was called for this id, in order. */
    public List<String> callsFor(String id) {
        return calls.stream()
                .filter(call -> call.endsWith(" " + id))
                .map(call -> call.substring(0, call.length() - id.length() - 1))
                .toList();
    }
}
