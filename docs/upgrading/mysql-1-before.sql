-- From the tables of before ADR 16 to those of V1, on MySQL. First part, before V1.
-- No node of any application that uses the tables may run. See UPGRADING.md.

ALTER TABLE posthorn_outbox RENAME TO posthorn_outbox_before;
ALTER TABLE posthorn_channel RENAME TO posthorn_channel_before;
DROP TABLE posthorn_node;
