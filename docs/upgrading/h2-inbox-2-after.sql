-- From the inbox of before ADR 16 to that of V1, on H2. Second part, after V1.
-- For applications that receive. No node of any of them may run. See UPGRADING.md.

INSERT INTO posthorn_inbox (consumer, source, event_id, seq, state, state_time, channel, type, event_key, when_dead, version, attempts, finished, compensating,
    last_error, attributes, headers, properties, payload, received_at, key_hash) OVERRIDING SYSTEM VALUE
SELECT consumer, source, event_id, seq, state, state_time, channel, type, event_key, when_dead, version, attempts, finished, compensating,
    last_error, attributes, headers, properties, payload, received_at, BITAND(CAST(SUBSTRING(HASH('SHA-256', STRINGTOUTF8(event_key)) FROM 1 FOR 8) AS BIGINT), 9223372036854775807) FROM posthorn_inbox_before;

-- Numbers go on where they were.
ALTER TABLE posthorn_inbox ALTER COLUMN seq RESTART WITH (SELECT COALESCE(MAX(seq), 0) + 1 FROM posthorn_inbox);

DROP TABLE posthorn_inbox_before;
