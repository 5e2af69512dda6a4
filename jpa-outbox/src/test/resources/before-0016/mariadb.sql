-- Posthorn's tables on MariaDB. Times are milliseconds since 1970 by the clock of the database, except event_time.

CREATE TABLE IF NOT EXISTS posthorn_outbox (
    -- made by the application, ordered by time
    id UUID NOT NULL PRIMARY KEY,
    -- given by one server: a later INSERT always has the larger number
    seq BIGINT NOT NULL AUTO_INCREMENT UNIQUE,
    application VARCHAR(255) NOT NULL,
    -- the node that relays the event
    owner VARCHAR(255) NOT NULL,
    -- 0 unsent, 1 delivered, 2 dead, 3 waiting, 4 parked, 5 discarded, 6 dead and its key waits for it, 7 delayed
    state SMALLINT NOT NULL,
    channel VARCHAR(255) NOT NULL,
    topic VARCHAR(255) NOT NULL,
    event_key LONGTEXT,
    -- whether events of one key keep their order: 0 no, 1 yes
    ordered SMALLINT NOT NULL,
    -- what becomes of later events of its key if this one is dead: 0 they wait, 1 they are parked, 2 they go on
    when_dead SMALLINT NOT NULL,
    type VARCHAR(255) NOT NULL,
    source TEXT NOT NULL,
    -- ISO-8601, by the clock of the node that fired the event
    event_time VARCHAR(40) NOT NULL,
    content_type VARCHAR(255) NOT NULL,
    -- a JSON object, or empty
    headers LONGTEXT NOT NULL,
    payload LONGBLOB NOT NULL,
    attempts INTEGER DEFAULT 0 NOT NULL,
    due_at BIGINT DEFAULT 0 NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    -- when the event was delivered, or given up
    settled_at BIGINT,
    -- of what is unfinished and keeps the order of its key: 0 unsent, 1 waiting, 2 parked, dead or delayed
    order_phase TINYINT AS (CASE WHEN ordered = 1 AND event_key IS NOT NULL THEN CASE WHEN state = 0 THEN 0 WHEN state = 3 THEN 1 WHEN state IN (4, 6, 7) THEN 2 END END) PERSISTENT,
    -- stands in for the key in the index, which does not take long texts
    key_hash BINARY(20) AS (CASE WHEN ordered = 1 THEN UNHEX(SHA1(event_key)) END) PERSISTENT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE INDEX IF NOT EXISTS posthorn_outbox_unsent ON posthorn_outbox (state, application, owner, channel, seq);

-- What comes before an event in its key.
CREATE INDEX IF NOT EXISTS posthorn_outbox_key ON posthorn_outbox (application, channel, order_phase, key_hash, seq);

-- For what is tried again later.
CREATE INDEX IF NOT EXISTS posthorn_outbox_delayed ON posthorn_outbox (state, application, channel, due_at);

-- For the clean-up.
CREATE INDEX IF NOT EXISTS posthorn_outbox_settled ON posthorn_outbox (state, application, settled_at);

CREATE TABLE IF NOT EXISTS posthorn_node (
    id VARCHAR(255) NOT NULL PRIMARY KEY,
    application VARCHAR(255) NOT NULL,
    name VARCHAR(255) NOT NULL,
    started_at BIGINT NOT NULL,
    heartbeat_at BIGINT NOT NULL,
    -- the channels on which the node delivers, one a line
    delivers TEXT DEFAULT '' NOT NULL,
    -- grows when the node has left something to others
    notices INTEGER DEFAULT 0 NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Channels that an operator has paused.
CREATE TABLE IF NOT EXISTS posthorn_channel (
    application VARCHAR(255) NOT NULL,
    channel VARCHAR(255) NOT NULL,
    paused_at BIGINT NOT NULL,
    paused_by VARCHAR(255) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE UNIQUE INDEX IF NOT EXISTS posthorn_channel_name ON posthorn_channel (application, channel);

-- What was received, if anything is; see posthorn.inbox.channels.
CREATE TABLE IF NOT EXISTS posthorn_inbox (
    -- for whom it was received
    consumer VARCHAR(255) NOT NULL,
    -- source and id of the event, or what stands in their place; what is too long is cut, and its hash appended
    source VARCHAR(255) NOT NULL,
    event_id VARCHAR(255) NOT NULL,
    seq BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    -- 0 due, 1 handled, 2 dead, 3 waiting, 4 parked, 5 given up, 6 dead and its key waits for it, 7 due after a failure
    state SMALLINT NOT NULL,
    -- when it is due, or since when it is in its state
    state_time BIGINT NOT NULL,
    channel VARCHAR(255) NOT NULL,
    -- empty if it could not be read
    type LONGTEXT NOT NULL,
    event_key LONGTEXT,
    -- what becomes of later events of its key if this one is dead: 0 they wait, 1 they are parked, 2 they go on
    when_dead SMALLINT NOT NULL,
    -- grows with every change
    version INTEGER DEFAULT 0 NOT NULL,
    attempts INTEGER DEFAULT 0 NOT NULL,
    -- the handlers whose work is committed and was not made up for, one on each line
    finished LONGTEXT,
    -- after how many attempts what is finished is to be made up for, or was: 0 if it is not
    compensating SMALLINT DEFAULT 0 NOT NULL,
    last_error LONGTEXT,
    -- the message as it came, unless it was handled at once: JSON objects, or empty
    attributes LONGTEXT,
    headers LONGTEXT,
    -- content type, and the broker's key and position
    properties LONGTEXT,
    payload LONGBLOB,
    received_at BIGINT NOT NULL,
    -- of what is unfinished and has a key: 0 due, 1 waiting, 2 parked or dead
    order_phase TINYINT AS (CASE WHEN event_key IS NOT NULL THEN CASE WHEN state IN (0, 7) THEN 0 WHEN state = 3 THEN 1 WHEN state IN (4, 6) THEN 2 END END) PERSISTENT,
    -- stand in for the key in the indexes, which do not take long texts
    key_hash BINARY(20) AS (CASE WHEN state IN (0, 3, 4, 6, 7) THEN UNHEX(SHA1(event_key)) END) PERSISTENT,
    due_key BINARY(20) AS (CASE WHEN state IN (0, 7) THEN UNHEX(SHA1(event_key)) END) PERSISTENT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- By what a repetition is told.
CREATE UNIQUE INDEX IF NOT EXISTS posthorn_inbox_id ON posthorn_inbox (consumer, source, event_id);

-- Never two of a key are due at once, whoever does what at the same time.
CREATE UNIQUE INDEX IF NOT EXISTS posthorn_inbox_turn ON posthorn_inbox (consumer, channel, due_key);

-- What is unfinished in a key.
CREATE INDEX IF NOT EXISTS posthorn_inbox_key ON posthorn_inbox (consumer, channel, order_phase, key_hash, seq);

-- For what is due, and for the clean-up.
CREATE INDEX IF NOT EXISTS posthorn_inbox_state ON posthorn_inbox (consumer, state, channel, state_time);
