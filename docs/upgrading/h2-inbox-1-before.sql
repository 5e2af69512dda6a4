-- From the inbox of before ADR 16 to that of V1, on H2. First part, before V1.
-- For applications that receive. No node of any of them may run. See UPGRADING.md.

ALTER TABLE posthorn_inbox RENAME TO posthorn_inbox_before;
DROP INDEX posthorn_inbox_id;
DROP INDEX posthorn_inbox_turn;
DROP INDEX posthorn_inbox_key;
DROP INDEX posthorn_inbox_state;
