-- From the inbox of before ADR 16 to that of V1, on PostgreSQL. First part, before V1.
-- For applications that receive. No node of any of them may run. See UPGRADING.md.

ALTER TABLE posthorn_inbox RENAME TO posthorn_inbox_before;
ALTER INDEX posthorn_inbox_pkey RENAME TO posthorn_inbox_before_pkey;
ALTER SEQUENCE posthorn_inbox_seq_seq RENAME TO posthorn_inbox_before_seq_seq;
DROP INDEX posthorn_inbox_turn;
DROP INDEX posthorn_inbox_key;
DROP INDEX posthorn_inbox_waiting;
DROP INDEX posthorn_inbox_due;
DROP INDEX posthorn_inbox_settled;
DROP INDEX posthorn_inbox_held;
