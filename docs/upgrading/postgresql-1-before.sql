-- From the tables of before ADR 16 to those of V1, on PostgreSQL. First part, before V1.
-- No node of any application that uses the tables may run. See UPGRADING.md.

ALTER TABLE posthorn_outbox RENAME TO posthorn_outbox_before;
ALTER INDEX posthorn_outbox_pkey RENAME TO posthorn_outbox_before_pkey;
ALTER SEQUENCE posthorn_outbox_seq_seq RENAME TO posthorn_outbox_before_seq_seq;
ALTER TABLE posthorn_channel RENAME TO posthorn_channel_before;
DROP TABLE posthorn_node;
