-- Posthorn's tables on MariaDB. Times are milliseconds since 1970 by the clock of the database, except event_time.

-- What is unfinished, and nothing else.
CREATE TABLE IF NOT EXISTS posthorn_outbox (
    -- application and channel, as a number
    lane BIGINT NOT NULL,
    -- the node that relays the event, as a number; with a minus if the event was put away before; 0 while it is put away
    owner BIGINT NOT NULL,
    -- given by one server: a later INSERT always has the larger number
    seq BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    -- the key as a number; with a minus if the event takes no part in the order of its key
    key_hash BIGINT,
    -- by the clock of the database
    created_at BIGINT NOT NULL,
    -- by what events in one state are looked up: when it is due if delayed, the key as a number if it waits
    shelf_order BIGINT DEFAULT 0 NOT NULL,
    -- when the event was given up
    settled_at BIGINT,
    attempts INTEGER DEFAULT 0 NOT NULL,
    -- 0 unsent, 2 dead, 3 waiting, 4 parked, 6 dead and its key waits for it, 7 delayed
    state SMALLINT NOT NULL,
    -- whether events of one key keep their order: 0 no, 1 yes
    ordered SMALLINT NOT NULL,
    -- what becomes of later events of its key if this one is dead: 0 they wait, 1 they are parked, 2 they go on
    when_dead SMALLINT NOT NULL,
    -- made by the application, ordered by time
    id UUID NOT NULL,
    application VARCHAR(255) NOT NULL,
    channel VARCHAR(255) NOT NULL,
    topic VARCHAR(255) NOT NULL,
    event_key LONGTEXT,
    type VARCHAR(255) NOT NULL,
    source TEXT NOT NULL,
    -- ISO-8601, by the clock of the node that fired the event
    event_time VARCHAR(40) NOT NULL,
    content_type VARCHAR(255) NOT NULL,
    -- a JSON object, or empty
    headers LONGTEXT NOT NULL,
    payload LONGBLOB NOT NULL,
    last_error TEXT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- What an owner has to send.
CREATE INDEX IF NOT EXISTS posthorn_outbox_owner ON posthorn_outbox (lane, owner, seq);

-- What comes before an event in its key.
CREATE INDEX IF NOT EXISTS posthorn_outbox_turn ON posthorn_outbox (lane, key_hash, seq);

-- For what is due, for keys that wait, and for lists.
CREATE INDEX IF NOT EXISTS posthorn_outbox_state ON posthorn_outbox (lane, state, shelf_order, seq);

-- For operators.
CREATE INDEX IF NOT EXISTS posthorn_outbox_id ON posthorn_outbox (id);

-- What was delivered or discarded, until it is cleaned up: rows come and go, and never change.
CREATE TABLE IF NOT EXISTS posthorn_settled (
    lane BIGINT NOT NULL,
    -- the node that had the event, as a number; 0 if nobody had
    owner BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    key_hash BIGINT,
    created_at BIGINT NOT NULL,
    -- when the event was delivered or discarded
    settled_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    -- 1 delivered, 5 discarded
    state SMALLINT NOT NULL,
    ordered SMALLINT NOT NULL,
    when_dead SMALLINT NOT NULL,
    id UUID NOT NULL,
    application VARCHAR(255) NOT NULL,
    channel VARCHAR(255) NOT NULL,
    topic VARCHAR(255) NOT NULL,
    event_key LONGTEXT,
    type VARCHAR(255) NOT NULL,
    source TEXT NOT NULL,
    event_time VARCHAR(40) NOT NULL,
    content_type VARCHAR(255) NOT NULL,
    headers LONGTEXT NOT NULL,
    payload LONGBLOB NOT NULL,
    last_error TEXT,
    PRIMARY KEY (application, state, settled_at, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- For operators.
CREATE INDEX IF NOT EXISTS posthorn_settled_id ON posthorn_settled (id);

CREATE TABLE IF NOT EXISTS posthorn_node (
    id VARCHAR(255) NOT NULL PRIMARY KEY,
    -- the same as a number, as rows of the outbox have it
    number BIGINT NOT NULL,
    application VARCHAR(255) NOT NULL,
    name VARCHAR(255) NOT NULL,
    started_at BIGINT NOT NULL,
    heartbeat_at BIGINT NOT NULL,
    -- the channels on which the node delivers, one a line
    delivers TEXT DEFAULT '' NOT NULL,
    -- grows when the node has left something to others
    notices INTEGER DEFAULT 0 NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The channels, and since when an operator has paused them.
CREATE TABLE IF NOT EXISTS posthorn_channel (
    -- application and channel as a number, as rows of the outbox have it
    lane BIGINT NOT NULL PRIMARY KEY,
    application VARCHAR(255) NOT NULL,
    channel VARCHAR(255) NOT NULL,
    paused_at BIGINT,
    paused_by VARCHAR(255)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

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
    -- the key as a number
    key_hash BIGINT,
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
    order_phase TINYINT AS (CASE WHEN key_hash IS NOT NULL THEN CASE WHEN state IN (0, 7) THEN 0 WHEN state = 3 THEN 1 WHEN state IN (4, 6) THEN 2 END END) PERSISTENT,
    -- the key's number, of what is unfinished, and of what is due
    open_key BIGINT AS (CASE WHEN state IN (0, 3, 4, 6, 7) THEN key_hash END) PERSISTENT,
    due_key BIGINT AS (CASE WHEN state IN (0, 7) THEN key_hash END) PERSISTENT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- By what a repetition is told.
CREATE UNIQUE INDEX IF NOT EXISTS posthorn_inbox_id ON posthorn_inbox (consumer, source, event_id);

-- Never two of a key are due at once, whoever does what at the same time. Two keys with the same number wait for each other as well.
CREATE UNIQUE INDEX IF NOT EXISTS posthorn_inbox_turn ON posthorn_inbox (consumer, channel, due_key);

-- What is unfinished in a key.
CREATE INDEX IF NOT EXISTS posthorn_inbox_key ON posthorn_inbox (consumer, channel, order_phase, open_key, seq);

-- For what is due, and for the clean-up.
CREATE INDEX IF NOT EXISTS posthorn_inbox_state ON posthorn_inbox (consumer, state, channel, state_time);

-- The versions of these tables that there were: each script enters its own at its end.
CREATE TABLE IF NOT EXISTS posthorn_version (
    version INTEGER NOT NULL PRIMARY KEY
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

INSERT IGNORE INTO posthorn_version (version) VALUES (1);
