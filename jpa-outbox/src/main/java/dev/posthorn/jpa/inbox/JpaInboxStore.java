package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.inbox.Keep.Failed;
import dev.posthorn.jpa.schema.Preparation;
import dev.posthorn.jpa.statement.Batches;
import dev.posthorn.jpa.statement.Contention;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.transaction.Database;
import dev.posthorn.jpa.transaction.Lazy;
import dev.posthorn.jpa.transaction.OwnTransactions;
import dev.posthorn.jpa.transaction.Transactions;
import dev.posthorn.spi.ContentionException;
import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.IncomingMessage;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was received, in a table beside the application's own, written through its EntityManager. */
public final class JpaInboxStore implements InboxStore {

    private final Transactions transactions;
    private final OwnTransactions own;
    private final Preparation preparation;
    private final Lazy<InboxStatements> statements;

    public JpaInboxStore(Transactions transactions, StoreConfig config) {
        this.transactions = transactions;
        this.preparation = new Preparation(transactions, config);
        // At first use, because the database must be reachable for it.
        Lazy<Dialect> dialect = new Lazy<>(() -> Database.dialect(config, transactions));
        this.statements = new Lazy<>(() -> InboxStatements.of(dialect.get(), config.tables()));
        this.own = new OwnTransactions(transactions, dialect);
    }

    @Override
    public List<String> prepare() {
        return preparation.incoming();
    }

    @Override
    public Admission admit(InboxEvent event) {
        Admit admit = statements.get().admit();
        return inCallers(em -> admit.admit(em, event));
    }

    @Override
    public Kept keep(InboxEvent event, IncomingMessage message, Duration delay, int attempts, @Nullable String error) {
        Keep keep = statements.get().keep();
        return own.run(em -> keep.keep(em, event, message, delay, new Failed(attempts, error)));
    }

    @Override
    public Kept keepDead(InboxEvent event, IncomingMessage message, int attempts, String error) {
        Keep keep = statements.get().keep();
        return own.run(em -> keep.keepDead(em, event, message, new Failed(attempts, error)));
    }

    @Override
    public List<Due> due(String consumer, Collection<Wanted> channels) {
        DueQuery due = statements.get().due();
        return channels.isEmpty() ? List.of() : own.run(em -> due.due(em, consumer, channels));
    }

    @Override
    public Optional<InboxEntry> read(InboxId id, int version) {
        EntryQuery entry = statements.get().entry();
        return own.run(em -> entry.read(em, id, version));
    }

    @Override
    public boolean claim(InboxId id, int version) {
        Claim claim = statements.get().claim();
        return inCallers(em -> claim.claim(em, id, version));
    }

    @Override
    public boolean finish(InboxId id, int version) {
        InboxMarks marks = statements.get().marks();
        return inCallers(em -> marks.finish(em, id, version));
    }

    @Override
    public boolean advance(InboxId id, int version, List<String> finished, Duration hold) {
        InboxMarks marks = statements.get().marks();
        return inCallers(em -> marks.advance(em, id, version, finished, hold));
    }

    @Override
    public boolean delay(InboxId id, int version, int attempts, String error, Duration delay) {
        InboxMarks marks = statements.get().marks();
        return own.run(em -> marks.delay(em, id, version, attempts, error, delay));
    }

    @Override
    public boolean compensate(InboxId id, int version, String error) {
        InboxMarks marks = statements.get().marks();
        return own.run(em -> marks.compensate(em, id, version, error));
    }

    @Override
    public boolean bury(InboxId id, int version, int attempts, String error) {
        InboxMarks marks = statements.get().marks();
        return own.run(em -> marks.bury(em, id, version, attempts, error));
    }

    @Override
    public boolean giveUp(InboxId id, int version, int attempts, String error) {
        InboxMarks marks = statements.get().marks();
        return own.run(em -> marks.giveUp(em, id, version, attempts, error));
    }

    @Override
    public boolean release(String consumer, String channel, String key) {
        InboxRelease release = statements.get().release();
        return own.run(em -> release.release(em, consumer, channel, key));
    }

    @Override
    public List<String> waitingKeys(String consumer, String channel, String after, int limit) {
        InboxWaitingKeys keys = statements.get().waitingKeys();
        return own.run(
                em -> keys.after(em, InboxText.name(consumer), InboxText.name(channel), InboxText.key(after), limit));
    }

    @Override
    public int clean(String consumer, Duration retention, int limit) {
        int cleaned = 0;
        for (RowState state : InboxCleanUp.FINAL) {
            cleaned += clean(state, consumer, retention, limit - cleaned);
        }
        return cleaned;
    }

    private int clean(RowState state, String consumer, Duration retention, int limit) {
        InboxCleanUp cleanUp = statements.get().cleanUp();
        int cleaned = 0;
        String last = "";
        while (cleaned < limit) {
            String after = last;
            Optional<String> channel = own.run(em -> cleanUp.channelAfter(em, state, consumer, after));
            if (channel.isEmpty()) {
                break;
            }
            last = channel.get();
            cleaned += clean(state, consumer, last, retention, limit - cleaned);
        }
        return cleaned;
    }

    private int clean(RowState state, String consumer, String channel, Duration retention, int limit) {
        InboxCleanUp cleanUp = statements.get().cleanUp();
        return Batches.upTo(limit, most -> own.run(em -> cleanUp.clean(em, state, consumer, channel, retention, most)));
    }

    /** Does the work in the caller's transaction, which is lost if the database ended it because of others. */
    private <T> T inCallers(Function<EntityManager, T> work) {
        try {
            return work.apply(transactions.current());
        } catch (RuntimeException e) {
            if (Contention.ended(e)) {
                throw new ContentionException("The database ended the transaction for the sake of another one", e);
            }
            throw e;
        }
    }
}
