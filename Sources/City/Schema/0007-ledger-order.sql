-- The ledger's numbers come in the order of commits and without gaps on both engines. On PostgreSQL
-- a sequence would be taken before the commit and lost with a rollback: a follower that has read 6
-- would never read a 5 that is committed later, and no rule about transactions' numbers mends that,
-- since they are not taken in the order of the sequence. So the next number is one more than the
-- last, and whoever takes it is the only one to take any until its transaction ends. The lock is that
-- of the writers' turn, which they hold already.
-- only: postgres
CREATE FUNCTION next_ledger_sequence() RETURNS BIGINT LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7163086732189594990);
  RETURN (SELECT COALESCE(MAX(sequence), 0) + 1 FROM ledger_entry);
END $$;
ALTER TABLE ledger_entry ALTER COLUMN sequence DROP IDENTITY;
ALTER TABLE ledger_entry ALTER COLUMN sequence SET DEFAULT next_ledger_sequence();
ALTER TABLE ledger_entry DROP COLUMN transaction_id;
-- both
