package dev.posthorn.inbox;

import dev.posthorn.WhenDead;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.receive.UnreadableMessageException;

/** A type of events on one node. */
final class SimulatedType implements HandledType {

    private final World world;
    private final Life life;
    private final Kind kind;

    SimulatedType(World world, Life life, Kind kind) {
        this.world = world;
        this.life = life;
        this.kind = kind;
    }

    @Override
    public String name() {
        return kind.name();
    }

    @Override
    public boolean ordered() {
        return kind.ordered();
    }

    @Override
    public WhenDead whenDead() {
        return kind.whenDead();
    }

    @Override
    public Work open(ReceivedEvent event, String channel) {
        Fate fate = world.ledger().ofMessage(event.id());
        if (fate.breaksReading || world.surprises()) {
            fate.unexpected++;
            throw world.errorOfTheMachine();
        }
        if (fate.isGarbled && !fate.hasGarbledKey()) {
            if (world.throwsErrors()) {
                throw new ExceptionInInitializerError("simulated garbage");
            }
            throw new UnreadableMessageException("simulated garbage");
        }
        return new SimulatedWork(world, life, fate, event);
    }
}
