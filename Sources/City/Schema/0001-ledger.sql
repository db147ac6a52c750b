-- The append-only record of every change, its seals, and what processes share.
CREATE TABLE ledger_entry (
  sequence {{sequence}},
  recorded_at BIGINT NOT NULL,
  occurred_at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id BIGINT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  verb TEXT NOT NULL,
  version BIGINT NOT NULL,
  payload TEXT NOT NULL,
  digest {{bytes}} NOT NULL
);
-- Ids are unique over all kinds of subject, so the id alone finds a subject's entries.
CREATE INDEX ledger_entry_by_subject ON ledger_entry (subject_id, sequence);

-- only: postgres
-- Readers follow only what every earlier writer has committed.
ALTER TABLE ledger_entry ADD COLUMN transaction_id BIGINT NOT NULL DEFAULT txid_current();
-- both

CREATE TABLE ledger_seal (
  number {{id}},
  first_sequence BIGINT NOT NULL,
  last_sequence BIGINT NOT NULL,
  entry_count BIGINT NOT NULL,
  previous_hash {{bytes}} NOT NULL,
  hash {{bytes}} NOT NULL,
  sealed_at BIGINT NOT NULL
);

CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  version BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  last BIGINT NOT NULL
);
