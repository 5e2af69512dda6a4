-- Posthorn's tables on PostgreSQL. Times are milliseconds since 1970 by the clock of the database, except event_time.

CREATE TABLE IF NOT EXISTS posthorn_outbox (
    -- made by the application, ordered by time
    id uuid NOT NULL PRIMARY KEY,
    -- uncached (CACHE 1), so that a transaction that saw the commit of another one has the larger numbers
    seq bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
    application varchar(255) NOT NULL,
    -- the node that relays the event
    owner varchar(255) NOT NULL,
    -- 0 unsent, 1 delivered, 2 dead, 3 waiting, 4 parked, 5 discarded, 6 dead and its key waits for it, 7 delayed
    state smallint NOT NULL,
    channel varchar(255) NOT NULL,
    topic varchar(255) NOT NULL,
    event_key text,
    -- whether events of one key keep their order: 0 no, 1 yes
    ordered smallint NOT NULL,
    -- what becomes of later events of its key if this one is dead: 0 they wait, 1 they are parked, 2 they go on
    when_dead smallint NOT NULL,
    type varchar(255) NOT NULL,
    source text NOT NULL,
    -- ISO-8601, by the clock of the node that fired the event
    event_time varchar(40) NOT NULL,
    content_type varchar(255) NOT NULL,
    -- a JSON object, or empty
    headers text NOT NULL,
    payload bytea NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    due_at bigint DEFAULT 0 NOT NULL,
    last_error text,
    created_at bigint NOT NULL,
    -- when the event was delivered, or given up
    settled_at bigint
);

-- Holds what is unsent alone, so it is small however long delivered events are kept.
CREATE INDEX IF NOT EXISTS posthorn_outbox_unsent ON posthorn_outbox (application, owner, channel, seq) WHERE state = 0;

-- What comes before an event in its key: what is unsent, what waits, what is parked, dead or delayed. A hash, since keys may be long.
-- The sums keep the queries that these are for from taking other indexes.
CREATE INDEX IF NOT EXISTS posthorn_outbox_unsent_key ON posthorn_outbox (application, channel, hashtextextended(event_key, 0), seq)
    WHERE state + 0 = 0 AND ordered = 1 AND event_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS posthorn_outbox_waiting_key ON posthorn_outbox (application, channel, hashtextextended(event_key, 0), seq)
    WHERE state + 0 = 3 AND ordered = 1 AND event_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS posthorn_outbox_held_key ON posthorn_outbox (application, channel, hashtextextended(event_key, 0), seq)
    WHERE state + 0 IN (4, 6, 7) AND ordered = 1 AND event_key IS NOT NULL;

-- For what is tried again later.
CREATE INDEX IF NOT EXISTS posthorn_outbox_delayed ON posthorn_outbox (application, channel, due_at) WHERE state = 7;

-- For the clean-up.
CREATE INDEX IF NOT EXISTS posthorn_outbox_settled ON posthorn_outbox (application, settled_at) WHERE state IN (1, 5);

CREATE TABLE IF NOT EXISTS posthorn_node (
    id varchar(255) NOT NULL PRIMARY KEY,
    application varchar(255) NOT NULL,
    name varchar(255) NOT NULL,
    started_at bigint NOT NULL,
    heartbeat_at bigint NOT NULL,
    -- the channels on which the node delivers, one a line
    delivers text DEFAULT '' NOT NULL,
    -- grows when the node has left something to others
    notices integer DEFAULT 0 NOT NULL
);

-- For lists of what is not on its way, and not delivered: it has no others. That includes states that there are not.
CREATE INDEX IF NOT EXISTS posthorn_outbox_held ON posthorn_outbox (application, state, seq) WHERE state < 0 OR state > 1;

-- Channels that an operator has paused.
CREATE TABLE IF NOT EXISTS posthorn_channel (
    application varchar(255) NOT NULL,
    channel varchar(255) NOT NULL,
    paused_at bigint NOT NULL,
    paused_by varchar(255) NOT NULL
);

CREATE UNIQUE INDEX IF NOT EXISTS posthorn_channel_name ON posthorn_channel (application, channel);

-- What was received, if anything is; see posthorn.inbox.channels.
CREATE TABLE IF NOT EXISTS posthorn_inbox (
    -- for whom it was received
    consumer varchar(255) NOT NULL,
    -- source and id of the event, or what stands in their place; what is too long is cut, and its hash appended
    source varchar(255) NOT NULL,
    event_id varchar(255) NOT NULL,
    -- uncached (CACHE 1), so that a transaction that saw the commit of another one has the larger numbers
    seq bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
    -- 0 due, 1 handled, 2 dead, 3 waiting, 4 parked, 5 given up, 6 dead and its key waits for it, 7 due after a failure
    state smallint NOT NULL,
    -- when it is due, or since when it is in its state
    state_time bigint NOT NULL,
    channel varchar(255) NOT NULL,
    -- empty if it could not be read
    type text NOT NULL,
    event_key text,
    -- what becomes of later events of its key if this one is dead: 0 they wait, 1 they are parked, 2 they go on
    when_dead smallint NOT NULL,
    -- grows with every change
    version integer DEFAULT 0 NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    -- the handlers whose work is committed and was not made up for, one on each line
    finished text,
    -- after how many attempts what is finished is to be made up for, or was: 0 if it is not
    compensating smallint DEFAULT 0 NOT NULL,
    last_error text,
    -- the message as it came, unless it was handled at once: JSON objects, or empty
    attributes text,
    headers text,
    -- content type, and the broker's key and position
    properties text,
    payload bytea,
    received_at bigint NOT NULL,
    PRIMARY KEY (consumer, source, event_id)
);

-- Never two of a key are due at once, whoever does what at the same time. A hash, since keys may be long.
CREATE UNIQUE INDEX IF NOT EXISTS posthorn_inbox_turn ON posthorn_inbox (consumer, channel, hashtextextended(event_key, 0))
    WHERE state IN (0, 7) AND event_key IS NOT NULL;

-- What is unfinished in a key, and what waits in it.
CREATE INDEX IF NOT EXISTS posthorn_inbox_key ON posthorn_inbox (consumer, channel, hashtextextended(event_key, 0), state)
    WHERE state IN (0, 3, 4, 6, 7) AND event_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS posthorn_inbox_waiting ON posthorn_inbox (consumer, channel, hashtextextended(event_key, 0), seq)
    WHERE state = 3 AND event_key IS NOT NULL;

-- For what is to be handled now, or later.
CREATE INDEX IF NOT EXISTS posthorn_inbox_due ON posthorn_inbox (consumer, state, channel, state_time) WHERE state IN (0, 7);

-- For the clean-up.
CREATE INDEX IF NOT EXISTS posthorn_inbox_settled ON posthorn_inbox (consumer, state, channel, state_time) WHERE state IN (1, 5);

-- For lists of what is dead, or held up, or in a state that there is not.
CREATE INDEX IF NOT EXISTS posthorn_inbox_held ON posthorn_inbox (consumer, state, seq) WHERE state IN (2, 3, 4, 6) OR state < 0 OR state > 7;
