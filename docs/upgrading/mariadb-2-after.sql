-- From the tables of before ADR 16 to those of V1, on MariaDB. Second part, after V1.
-- No node of any application that uses the tables may run. See UPGRADING.md.

INSERT INTO posthorn_channel (lane, application, channel)
SELECT DISTINCT CAST((CAST(CONV(SUBSTRING(SHA2(CONCAT(b.application, CHAR(0 USING utf8mb4), b.channel), 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED), b.application, b.channel FROM posthorn_outbox_before b;

INSERT INTO posthorn_channel (lane, application, channel)
SELECT CAST((CAST(CONV(SUBSTRING(SHA2(CONCAT(b.application, CHAR(0 USING utf8mb4), b.channel), 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED), b.application, b.channel FROM posthorn_channel_before b
WHERE NOT EXISTS (SELECT 1 FROM posthorn_channel k WHERE k.application = b.application AND k.channel = b.channel);

UPDATE posthorn_channel SET
    paused_at = (SELECT b.paused_at FROM posthorn_channel_before b
        WHERE b.application = posthorn_channel.application AND b.channel = posthorn_channel.channel),
    paused_by = (SELECT b.paused_by FROM posthorn_channel_before b
        WHERE b.application = posthorn_channel.application AND b.channel = posthorn_channel.channel);

INSERT INTO posthorn_outbox (lane, owner, seq, state, key_hash, shelf_order, settled_at, created_at, attempts, ordered, when_dead, id, application, channel, topic, event_key, type, source, event_time, content_type,
    headers, payload, last_error)
SELECT CAST((CAST(CONV(SUBSTRING(SHA2(CONCAT(b.application, CHAR(0 USING utf8mb4), b.channel), 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED), CASE WHEN b.state = 0 THEN CAST((CAST(CONV(SUBSTRING(SHA2(b.owner, 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED) ELSE 0 END, b.seq, b.state,
    CASE WHEN b.ordered = 1 AND b.state <> 2 THEN CAST((CAST(CONV(SUBSTRING(SHA2(b.event_key, 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED) ELSE -CAST((CAST(CONV(SUBSTRING(SHA2(b.event_key, 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED) END,
    CASE b.state WHEN 3 THEN CAST((CAST(CONV(SUBSTRING(SHA2(b.event_key, 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED) WHEN 7 THEN b.due_at ELSE 0 END, b.settled_at, b.created_at, attempts, ordered, when_dead, id, application, channel, topic, event_key, type, source, event_time, content_type,
    headers, payload, last_error
FROM posthorn_outbox_before b WHERE b.state NOT IN (1, 5) ORDER BY b.seq;

-- What was delivered or discarded: leave this out if nobody is to look it up or send it again.
INSERT INTO posthorn_settled (lane, owner, seq, state, key_hash, settled_at, created_at, attempts, ordered, when_dead, id, application, channel, topic, event_key, type, source, event_time, content_type,
    headers, payload, last_error)
SELECT CAST((CAST(CONV(SUBSTRING(SHA2(CONCAT(b.application, CHAR(0 USING utf8mb4), b.channel), 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED), CAST((CAST(CONV(SUBSTRING(SHA2(b.owner, 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED), b.seq, b.state, CASE WHEN b.ordered = 1 THEN CAST((CAST(CONV(SUBSTRING(SHA2(b.event_key, 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED) ELSE -CAST((CAST(CONV(SUBSTRING(SHA2(b.event_key, 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED) END, COALESCE(b.settled_at, b.created_at),
    b.created_at, attempts, ordered, when_dead, id, application, channel, topic, event_key, type, source, event_time, content_type,
    headers, payload, last_error
FROM posthorn_outbox_before b WHERE b.state IN (1, 5);

-- Numbers go on where they were.
SET @posthorn_next = (SELECT GREATEST(COALESCE(MAX(seq), 0), COALESCE((SELECT MAX(seq) FROM posthorn_settled), 0)) + 1 FROM posthorn_outbox);
SET @posthorn_ddl = CONCAT('ALTER TABLE posthorn_outbox AUTO_INCREMENT = ', @posthorn_next);
PREPARE posthorn_statement FROM @posthorn_ddl;
EXECUTE posthorn_statement;
DEALLOCATE PREPARE posthorn_statement;

DROP TABLE posthorn_outbox_before;
DROP TABLE posthorn_channel_before;
