package dev.posthorn.relay;

import dev.posthorn.simulation.Chance;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The topics of the broker, of which some are missing or forbidden, for a while or until everything is healed. */
final class SimulatedTopics {

    private static final List<Failure> REFUSALS =
            List.of(Failure.UNCLEAR, Failure.DESTINATION, Failure.DESTINATION_OR_BROKER);

    private static final List<String> GOOD = List.of("topic", "another");

    private final Chance chance;
    private final Consumer<Supplier<String>> trace;
    private final List<String> unsteady;
    private final Map<String, Failure> refusing = new HashMap<>();

    SimulatedTopics(int unsteady, Chance chance, Consumer<Supplier<String>> trace) {
        this.chance = chance;
        this.trace = trace;
        this.unsteady =
                IntStream.range(0, unsteady).mapToObj(i -> "unsteady" + i).toList();
        this.unsteady.forEach(this::refuse);
    }

    /** One that always takes events. */
    String steady() {
        return chance.of(GOOD);
    }

    String any() {
        return unsteady.isEmpty() || chance.oneIn(2) ? chance.of(GOOD) : chance.of(unsteady);
    }

    boolean areSteady() {
        return unsteady.isEmpty();
    }

    String anyUnsteady() {
        return chance.of(unsteady);
    }

    private void refuse(String topic) {
        refusing.put(topic, chance.of(REFUSALS));
        trace.accept(() -> topic + " takes nothing from now on, which looks " + refusing.get(topic));
    }

    /** Why it takes nothing; null if it does. */
    @Nullable
    Failure refusal(String topic) {
        return refusing.get(topic);
    }

    boolean takesNothing(String topic) {
        return refusing.containsKey(topic);
    }

    void goOrCome() {
        if (!unsteady.isEmpty()) {
            String topic = anyUnsteady();
            if (refusing.remove(topic) == null) {
                refuse(topic);
            } else {
                trace.accept(() -> topic + " takes events from now on");
            }
        }
    }

    void heal() {
        refusing.clear();
    }
}
