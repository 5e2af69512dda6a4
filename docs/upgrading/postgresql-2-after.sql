-- From the tables of before ADR 16 to those of V1, on PostgreSQL. Second part, after V1.
-- No node of any application that uses the tables may run. See UPGRADING.md.

-- The first eight bytes of a SHA-256, without the sign.
CREATE OR REPLACE FUNCTION pg_temp.posthorn_number(name bytea) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS
    'SELECT GREATEST((''x'' || encode(substr(sha256($1), 1, 8), ''hex''))::bit(64)::bigint & 9223372036854775807, 1)';

INSERT INTO posthorn_channel (lane, application, channel)
SELECT DISTINCT pg_temp.posthorn_number(convert_to(b.application, 'UTF8') || '\x00' || convert_to(b.channel, 'UTF8')), b.application, b.channel FROM posthorn_outbox_before b;

INSERT INTO posthorn_channel (lane, application, channel)
SELECT pg_temp.posthorn_number(convert_to(b.application, 'UTF8') || '\x00' || convert_to(b.channel, 'UTF8')), b.application, b.channel FROM posthorn_channel_before b
WHERE NOT EXISTS (SELECT 1 FROM posthorn_channel k WHERE k.application = b.application AND k.channel = b.channel);

UPDATE posthorn_channel SET
    paused_at = (SELECT b.paused_at FROM posthorn_channel_before b
        WHERE b.application = posthorn_channel.application AND b.channel = posthorn_channel.channel),
    paused_by = (SELECT b.paused_by FROM posthorn_channel_before b
        WHERE b.application = posthorn_channel.application AND b.channel = posthorn_channel.channel);

INSERT INTO posthorn_outbox (lane, owner, seq, state, key_hash, shelf_order, settled_at, created_at, attempts, ordered, when_dead, id, application, channel, topic, event_key, type, source, event_time, content_type,
    headers, payload, last_error)
SELECT pg_temp.posthorn_number(convert_to(b.application, 'UTF8') || '\x00' || convert_to(b.channel, 'UTF8')), CASE WHEN b.state = 0 THEN pg_temp.posthorn_number(convert_to(b.owner, 'UTF8')) ELSE 0 END, b.seq, b.state,
    CASE WHEN b.ordered = 1 AND b.state <> 2 THEN pg_temp.posthorn_number(convert_to(b.event_key, 'UTF8')) ELSE -pg_temp.posthorn_number(convert_to(b.event_key, 'UTF8')) END,
    CASE b.state WHEN 3 THEN pg_temp.posthorn_number(convert_to(b.event_key, 'UTF8')) WHEN 7 THEN b.due_at ELSE 0 END, b.settled_at, b.created_at, attempts, ordered, when_dead, id, application, channel, topic, event_key, type, source, event_time, content_type,
    headers, payload, last_error
FROM posthorn_outbox_before b WHERE b.state NOT IN (1, 5) ORDER BY b.seq;

-- What was delivered or discarded: leave this out if nobody is to look it up or send it again.
INSERT INTO posthorn_settled (lane, owner, seq, state, key_hash, settled_at, created_at, attempts, ordered, when_dead, id, application, channel, topic, event_key, type, source, event_time, content_type,
    headers, payload, last_error)
SELECT pg_temp.posthorn_number(convert_to(b.application, 'UTF8') || '\x00' || convert_to(b.channel, 'UTF8')), pg_temp.posthorn_number(convert_to(b.owner, 'UTF8')), b.seq, b.state, CASE WHEN b.ordered = 1 THEN pg_temp.posthorn_number(convert_to(b.event_key, 'UTF8')) ELSE -pg_temp.posthorn_number(convert_to(b.event_key, 'UTF8')) END, COALESCE(b.settled_at, b.created_at),
    b.created_at, attempts, ordered, when_dead, id, application, channel, topic, event_key, type, source, event_time, content_type,
    headers, payload, last_error
FROM posthorn_outbox_before b WHERE b.state IN (1, 5);

SELECT setval(pg_get_serial_sequence('posthorn_outbox', 'seq'), GREATEST(last_value, 1)) FROM posthorn_outbox_before_seq_seq;

DROP TABLE posthorn_outbox_before;
DROP TABLE posthorn_channel_before;
