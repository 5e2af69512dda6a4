-- From the tables of before ADR 16 to those of V1, on H2. First part, before V1.
-- No node of any application that uses the tables may run. See UPGRADING.md.

ALTER TABLE posthorn_outbox RENAME TO posthorn_outbox_before;
DROP INDEX posthorn_outbox_unsent;
DROP INDEX posthorn_outbox_key;
DROP INDEX posthorn_outbox_delayed;
DROP INDEX posthorn_outbox_settled;
ALTER TABLE posthorn_channel RENAME TO posthorn_channel_before;
DROP INDEX posthorn_channel_name;
DROP TABLE posthorn_node;
