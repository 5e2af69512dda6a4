-- Posthorn's tables as they might be on SQL Server. Not run here: nobody has tried it. Posthorn has no SQL for this database and refuses to
-- be deployed on it; this is where one's own dev.posthorn.spi.EventStore and InboxStore may begin. What keeps the order of keys is missing:
-- an index on a hash of event_key among what is unfinished, and a unique one on (consumer, channel, event_key) among what is due.
-- Times are milliseconds since 1970, except event_time.

CREATE TABLE posthorn_outbox (
    -- made by the application, ordered by time
    id CHAR(36) NOT NULL PRIMARY KEY,
    seq BIGINT IDENTITY,
    application NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- the node that relays the event
    owner NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- 0 unsent, 1 delivered, 2 dead, 3 waiting, 4 parked, 5 discarded, 6 dead and its key waits for it, 7 delayed
    state SMALLINT NOT NULL,
    channel NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    topic NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    event_key NVARCHAR(MAX),
    -- whether events of one key keep their order: 0 no, 1 yes
    ordered SMALLINT NOT NULL,
    -- what becomes of later events of its key if this one is dead: 0 they wait, 1 they are parked, 2 they go on
    when_dead SMALLINT NOT NULL,
    type NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    source NVARCHAR(MAX) NOT NULL,
    -- ISO-8601, by the clock of the node that fired the event
    event_time NVARCHAR(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    content_type NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- a JSON object, or empty
    headers NVARCHAR(MAX) NOT NULL,
    payload VARBINARY(MAX) NOT NULL,
    attempts INT DEFAULT 0 NOT NULL,
    due_at BIGINT DEFAULT 0 NOT NULL,
    last_error NVARCHAR(MAX),
    created_at BIGINT NOT NULL,
    -- when the event was delivered, or given up
    settled_at BIGINT
);

CREATE INDEX posthorn_outbox_unsent ON posthorn_outbox (state, application, owner, channel, seq);

-- What comes before an event in its key.
CREATE INDEX posthorn_outbox_key ON posthorn_outbox (application, channel, state, seq);

-- For what is tried again later.
CREATE INDEX posthorn_outbox_delayed ON posthorn_outbox (state, application, channel, due_at);

-- For the clean-up.
CREATE INDEX posthorn_outbox_settled ON posthorn_outbox (state, application, settled_at);

CREATE TABLE posthorn_node (
    id NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    application NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    name NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    started_at BIGINT NOT NULL,
    heartbeat_at BIGINT NOT NULL,
    -- the channels on which the node delivers, one a line
    delivers NVARCHAR(MAX) DEFAULT '' NOT NULL,
    -- grows when the node has left something to others
    notices INTEGER DEFAULT 0 NOT NULL
);

-- Channels that an operator has paused.
CREATE TABLE posthorn_channel (
    application NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    channel NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    paused_at BIGINT NOT NULL,
    paused_by NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE UNIQUE INDEX posthorn_channel_name ON posthorn_channel (application, channel);

-- What was received, if anything is; see posthorn.inbox.channels.
CREATE TABLE posthorn_inbox (
    -- for whom it was received
    consumer NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- source and id of the event, or what stands in their place; what is too long is cut, and its hash appended
    source NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    event_id NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    seq BIGINT IDENTITY PRIMARY KEY,
    -- 0 due, 1 handled, 2 dead, 3 waiting, 4 parked, 5 given up, 6 dead and its key waits for it, 7 due after a failure
    state SMALLINT NOT NULL,
    -- when it is due, or since when it is in its state
    state_time BIGINT NOT NULL,
    channel NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- empty if it could not be read
    type NVARCHAR(MAX) NOT NULL,
    event_key NVARCHAR(MAX),
    -- what becomes of later events of its key if this one is dead: 0 they wait, 1 they are parked, 2 they go on
    when_dead SMALLINT NOT NULL,
    -- grows with every change
    version INT DEFAULT 0 NOT NULL,
    attempts INT DEFAULT 0 NOT NULL,
    -- the handlers whose work is committed and was not made up for, one on each line
    finished NVARCHAR(MAX),
    -- after how many attempts what is finished is to be made up for, or was: 0 if it is not
    compensating SMALLINT DEFAULT 0 NOT NULL,
    last_error NVARCHAR(MAX),
    -- the message as it came, unless it was handled at once: JSON objects, or empty
    attributes NVARCHAR(MAX),
    headers NVARCHAR(MAX),
    -- content type, and the broker's key and position
    properties NVARCHAR(MAX),
    payload VARBINARY(MAX),
    received_at BIGINT NOT NULL
);

-- By what a repetition is told.
CREATE UNIQUE INDEX posthorn_inbox_id ON posthorn_inbox (consumer, source, event_id);

-- What is unfinished in a key.
CREATE INDEX posthorn_inbox_key ON posthorn_inbox (consumer, channel, state, seq);

-- For what is due, and for the clean-up.
CREATE INDEX posthorn_inbox_state ON posthorn_inbox (consumer, state, channel, state_time);
