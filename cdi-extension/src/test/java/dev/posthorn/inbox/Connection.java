package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;

import dev.posthorn.PosthornException;
import dev.posthorn.WhenDead;
import dev.posthorn.inbox.Row.State;
import dev.posthorn.spi.ContentionException;
import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.IncomingMessage;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One node's way to the table. Others go on before and after each statement, and it may not be answered. */
final class Connection implements InboxStore {

    private static final long LOCK_TIMEOUT = Duration.ofSeconds(4).toNanos();

    private final World world;
    private final Life life;
    private final SimulatedStore store;

    Connection(World world, Life life, SimulatedStore store) {
        this.world = world;
        this.life = life;
        this.store = store;
    }

    @Override
    public List<String> prepare() {
        return List.of();
    }

    // --- in the handlers' transaction

    @Override
    public Admission admit(InboxEvent event) {
        SimulatedTransaction transaction = transaction();
        return call("admit " + event.id().id(), () -> {
            mayContend(transaction);
            boolean isBehind = store.isBehind(event) && !world.has(Bug.STORE_ADMITS_WHAT_IS_BEHIND);
            if (!world.has(Bug.STORE_KNOWS_WHAT_IS_NOT_COMMITTED)) {
                awaitInserter(event.id(), transaction);
            }
            transaction.requireActive();
            if (store.row(event.id()) != null) {
                return Admission.KNOWN;
            }
            if (isBehind) {
                return Admission.BEHIND;
            }
            Row row = store.insert(event, world.ledger().of(event.id()), null, State.HANDLED, world.now());
            row.inserter = transaction;
            transaction.inserted.add(row);
            return Admission.NEW;
        });
    }

    @Override
    public boolean claim(InboxId id, int version) {
        SimulatedTransaction transaction = transaction();
        return call("claim " + id.id() + " v" + version, () -> {
            mayContend(transaction);
            transaction.requireActive();
            Row row = store.row(id);
            int wanted = world.has(Bug.STORE_CLAIMS_WHAT_HAS_CHANGED) && row != null ? row.version : version;
            boolean isFree = row != null && (row.locker == null || world.has(Bug.STORE_CLAIMS_WHAT_IS_LOCKED));
            if (row == null || !isDue(row, wanted) || !isFree) {
                return false;
            }
            row.locker = transaction;
            transaction.locked.add(row);
            return true;
        });
    }

    @Override
    public boolean finish(InboxId id, int version) {
        return changeClaimed("finish " + id.id(), id, version, row -> row.change(State.HANDLED, world.now()));
    }

    @Override
    public boolean advance(InboxId id, int version, List<String> finished, Duration hold) {
        List<String> names = List.copyOf(finished);
        return changeClaimed("advance " + id.id() + " to " + names, id, version, row -> {
            row.finished = names;
            row.attempts = 0;
            row.change(State.DUE, world.now() + hold.toNanos());
        });
    }

    private boolean changeClaimed(String what, InboxId id, int version, Consumer<Row> change) {
        SimulatedTransaction transaction = transaction();
        return call(what, () -> {
            transaction.requireActive();
            Row row = store.row(id);
            if (row == null || !isDue(row, world.has(Bug.STORE_CLAIMS_WHAT_HAS_CHANGED) ? row.version : version)) {
                return false;
            }
            world.ledger().require(row.locker == transaction, "%s is changed without having been claimed", row);
            transaction.changes.add(() -> change.accept(row));
            return true;
        });
    }

    // --- in a transaction of its own

    @Override
    public Kept keep(InboxEvent event, IncomingMessage message, Duration delay, int attempts, @Nullable String error) {
        requireNoTransaction("keep");
        Fate fate = world.ledger().of(event.id());
        return call("keep " + event.id().id() + " attempts " + attempts, () -> {
            awaitInserter(event.id(), null);
            boolean isBehind = store.isBehind(event);
            life.linger();
            awaitInserter(event.id(), null);
            if (store.row(event.id()) != null) {
                return Kept.KNOWN;
            }
            world.ledger().counted(fate, attempts);
            isBehind = (isBehind || store.isBehind(event)) && !world.has(Bug.STORE_KEEPS_EVERYTHING_AS_DUE);
            State state = isBehind ? State.WAITING : State.DUE;
            Row row = store.insert(event, fate, message, state, world.now() + (isBehind ? 0 : delay.toNanos()));
            row.attempts = attempts;
            row.error = error;
            return isBehind ? Kept.WAITING : Kept.DUE;
        });
    }

    @Override
    public Kept keepDead(InboxEvent event, IncomingMessage message, int attempts, String error) {
        requireNoTransaction("keepDead");
        Fate fate = world.ledger().of(event.id());
        return call("keep dead " + event.id().id(), () -> {
            awaitInserter(event.id(), null);
            if (store.row(event.id()) != null) {
                return Kept.KNOWN;
            }
            world.ledger().died(fate, attempts);
            Row row = store.insert(event, fate, message, dead(event), world.now());
            row.attempts = attempts;
            row.error = error;
            return Kept.DEAD;
        });
    }

    @Override
    public List<Due> due(String consumer, Collection<Wanted> channels) {
        requireNoTransaction("due");
        return call("due", () -> channels.stream().flatMap(this::due).toList());
    }

    private Stream<Due> due(Wanted wanted) {
        return store.rows().stream()
                .filter(row -> row.isVisible() && row.state == State.DUE && row.time <= world.now())
                .filter(row -> row.event.channel().equals(wanted.channel()))
                .filter(row -> !wanted.except().contains(row.event.id()))
                .sorted(Comparator.comparingLong(row -> row.time))
                .limit(wanted.limit())
                .map(row -> new Due(row.event.id(), row.event.channel(), row.event.key(), row.version));
    }

    @Override
    public Optional<InboxEntry> read(InboxId id, int version) {
        requireNoTransaction("read");
        return call("read " + id.id() + " v" + version, () -> {
            Row row = store.row(id);
            return row != null && isDue(row, version) ? Optional.of(row.entry()) : Optional.empty();
        });
    }

    @Override
    public boolean delay(InboxId id, int version, int attempts, String error, Duration delay) {
        return change("delay " + id.id() + " attempts " + attempts, id, version, row -> {
            if (row.fate.kind.handled()) {
                world.ledger().counted(row.fate, attempts);
            }
            row.attempts = attempts;
            row.error = error;
            row.change(State.DUE, world.now() + delay.toNanos());
        });
    }

    @Override
    public boolean compensate(InboxId id, int version, String error) {
        return change("compensate " + id.id(), id, version, row -> {
            world.ledger().died(row.fate, row.fate.failures);
            row.attempts = 0;
            row.fate.failures = 0;
            row.error = error;
            row.compensating = true;
            row.change(State.DUE, world.now());
        });
    }

    @Override
    public boolean bury(InboxId id, int version, int attempts, String error) {
        return change("bury " + id.id() + " attempts " + attempts, id, version, row -> {
            world.ledger().died(row.fate, attempts);
            row.attempts = attempts;
            row.error = error;
            row.change(dead(row.event), world.now());
        });
    }

    @Override
    public boolean giveUp(InboxId id, int version, int attempts, String error) {
        return change("give up " + id.id(), id, version, row -> {
            boolean isIdentified = row.event.id().source().startsWith("key:") || !row.fate.kind.idempotent();
            if (!row.event.type().isEmpty() && isIdentified) {
                world.givenUp(row.fate);
            }
            row.attempts = attempts;
            row.change(State.GIVEN_UP, world.now());
        });
    }

    private boolean change(String what, InboxId id, int version, Consumer<Row> change) {
        requireNoTransaction(what);
        return call(what + " v" + version, () -> {
            await("the lock of " + id.id(), () -> {
                Row row = store.row(id);
                return row == null || row.locker == null;
            });
            Row row = store.row(id);
            if (row == null || !isMine(row, version)) {
                return false;
            }
            change.accept(row);
            return true;
        });
    }

    @Override
    public boolean release(String consumer, String channel, String key) {
        requireNoTransaction("release");
        return call("release " + channel + "/" + key, () -> {
            Row first = store.releasable(channel, key, world.bug());
            life.linger();
            if (first == null || first.state != State.WAITING || (store.isOneDue(first.event) && world.has(Bug.NONE))) {
                return false;
            }
            first.change(State.DUE, world.now());
            return true;
        });
    }

    @Override
    public List<String> waitingKeys(String consumer, String channel, String after, int limit) {
        requireNoTransaction("waitingKeys");
        return call("waiting keys of " + channel, () -> store.rows().stream()
                .filter(row -> row.isVisible() && row.state == State.WAITING)
                .filter(row -> channel.equals(row.event.channel()))
                .map(row -> requireNonNull(row.event.key()))
                .filter(key -> key.compareTo(after) > 0)
                .sorted()
                .distinct()
                .limit(limit)
                .toList());
    }

    @Override
    public int clean(String consumer, Duration retention, int limit) {
        return call("clean", () -> {
            List<Row> old = store.rows().stream()
                    .filter(row -> row.isVisible() && row.locker == null && row.state.isFinal())
                    .filter(row -> world.now() - row.time > retention.toNanos())
                    .limit(limit)
                    .toList();
            old.forEach(store::remove);
            return old.size();
        });
    }

    // --- how statements are made

    private static boolean isDue(@Nullable Row row, int version) {
        return row != null && row.isVisible() && row.state == State.DUE && row.version == version;
    }

    /** One that waits may be given up too. */
    private static boolean isMine(@Nullable Row row, int version) {
        return row != null
                && row.isVisible()
                && (row.state == State.DUE || row.state == State.WAITING)
                && row.version == version;
    }

    private static State dead(InboxEvent event) {
        if (event.key() == null || event.whenDead() == WhenDead.SKIP) {
            return State.DEAD;
        }
        return event.whenDead() == WhenDead.BLOCK ? State.BLOCKING : State.PARKED;
    }

    private void mayContend(SimulatedTransaction transaction) {
        if (world.contends()) {
            throw contention(transaction);
        }
    }

    private ContentionException contention(@Nullable SimulatedTransaction transaction) {
        if (transaction != null && !transaction.isOver()) {
            transaction.rollBack(store);
        }
        return new ContentionException("simulated contention", new IllegalStateException());
    }

    /** Waits while another transaction has inserted the row and is open. */
    private void awaitInserter(InboxId id, @Nullable SimulatedTransaction mine) {
        Predicate<Row> isOpen = row -> row.inserter != null && row.inserter != mine;
        await("whoever has inserted " + id.id(), () -> {
            Row row = store.row(id);
            return row == null || !isOpen.test(row);
        });
    }

    private void await(String what, java.util.function.BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return;
        }
        world.trace(() -> Actors.current() + ": waits for " + what);
        long until = world.now() + LOCK_TIMEOUT;
        world.actors().await(() -> condition.getAsBoolean() || world.now() >= until);
        if (!condition.getAsBoolean()) {
            throw new PosthornException("The simulated store: a lock was waited for too long");
        }
    }

    private static SimulatedTransaction transaction() {
        SimulatedTransaction transaction = Actors.current().transaction;
        if (transaction == null) {
            throw new IllegalStateException("There is no transaction");
        }
        return transaction;
    }

    private void requireNoTransaction(String what) {
        world.ledger().require(Actors.current().transaction == null, "%s is called in a transaction", what);
    }

    private <T> T call(String what, Supplier<T> statement) {
        life.pass();
        if (world.storeFails(life)) {
            world.trace(() -> Actors.current() + ": " + what + " -> the store is away");
            throwAny("The simulated store is away");
        }
        T answer = statement.get();
        world.trace(() -> Actors.current() + ": " + what + " -> " + answer);
        life.pass();
        if (world.storeLosesAnswer()) {
            world.trace(() -> Actors.current() + ": " + what + ": the answer is lost");
            throwAny("The simulated store's answer is lost");
        }
        return world.surprises() ? surprise(what) : answer;
    }

    private void throwAny(String message) {
        if (world.throwsErrors()) {
            throw world.error();
        }
        throw new PosthornException(message);
    }

    /** Null where nobody should answer it, or an error, when all is done. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private <T> T surprise(String what) {
        boolean isNull = world.chance().oneIn(2);
        world.trace(() -> Actors.current() + ": " + what + (isNull ? " answers null" : " throws an error"));
        if (isNull) {
            return null;
        }
        throw world.error();
    }
}
