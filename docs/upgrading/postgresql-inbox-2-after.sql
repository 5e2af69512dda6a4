-- From the inbox of before ADR 16 to that of V1, on PostgreSQL. Second part, after V1.
-- For applications that receive. No node of any of them may run. See UPGRADING.md.

-- The first eight bytes of a SHA-256, without the sign.
CREATE OR REPLACE FUNCTION pg_temp.posthorn_number(name bytea) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS
    'SELECT GREATEST((''x'' || encode(substr(sha256($1), 1, 8), ''hex''))::bit(64)::bigint & 9223372036854775807, 1)';

INSERT INTO posthorn_inbox (consumer, source, event_id, seq, state, state_time, channel, type, event_key, when_dead, version, attempts, finished, compensating,
    last_error, attributes, headers, properties, payload, received_at, key_hash) OVERRIDING SYSTEM VALUE
SELECT consumer, source, event_id, seq, state, state_time, channel, type, event_key, when_dead, version, attempts, finished, compensating,
    last_error, attributes, headers, properties, payload, received_at, pg_temp.posthorn_number(convert_to(event_key, 'UTF8')) FROM posthorn_inbox_before;

SELECT setval(pg_get_serial_sequence('posthorn_inbox', 'seq'), GREATEST(last_value, 1)) FROM posthorn_inbox_before_seq_seq;

DROP TABLE posthorn_inbox_before;
