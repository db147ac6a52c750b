-- serves: 14
-- How the next number of the ledger is looked up is planned once for each connection. Over a ledger
-- of a few entries reading all of them is the shortest way, and it stays the plan when there are
-- thousands. So the last entry is asked for in a way that only the index gives it.
-- only: postgres
CREATE OR REPLACE FUNCTION next_ledger_sequence() RETURNS BIGINT LANGUAGE plpgsql VOLATILE
SET enable_seqscan = off AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7163086732189594990);
  RETURN COALESCE((SELECT sequence FROM ledger_entry ORDER BY sequence DESC LIMIT 1), 0) + 1;
END $$;
-- both
