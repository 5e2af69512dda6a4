-- From the inbox of before ADR 16 to that of V1, on MySQL. Second part, after V1.
-- For applications that receive. No node of any of them may run. See UPGRADING.md.

INSERT INTO posthorn_inbox (consumer, source, event_id, seq, state, state_time, channel, type, event_key, when_dead, version, attempts, finished, compensating,
    last_error, attributes, headers, properties, payload, received_at, key_hash)
SELECT consumer, source, event_id, seq, state, state_time, channel, type, event_key, when_dead, version, attempts, finished, compensating,
    last_error, attributes, headers, properties, payload, received_at, CAST((CAST(CONV(SUBSTRING(SHA2(event_key, 256), 1, 16), 16, 10) AS UNSIGNED) & 9223372036854775807) AS SIGNED) FROM posthorn_inbox_before;

-- Numbers go on where they were.
SET @posthorn_next = (SELECT COALESCE(MAX(seq), 0) + 1 FROM posthorn_inbox);
SET @posthorn_ddl = CONCAT('ALTER TABLE posthorn_inbox AUTO_INCREMENT = ', @posthorn_next);
PREPARE posthorn_statement FROM @posthorn_ddl;
EXECUTE posthorn_statement;
DEALLOCATE PREPARE posthorn_statement;

DROP TABLE posthorn_inbox_before;
