-- Quick mediation (速调快处): who the parties are, each session at the table, and what came of it. It only adds; but
-- moves are entered from now on that older programs cannot read, so none serves beside it.
-- Personal data, as of who reported: erasable, masked, each opening in the ledger.
CREATE TABLE case_party (
  id {{id}},
  case_id BIGINT NOT NULL REFERENCES case_file (id),
  -- `applicant` or `respondent`.
  side TEXT NOT NULL,
  name TEXT NOT NULL,
  phone TEXT,
  address TEXT,
  added_by BIGINT,
  added_at BIGINT NOT NULL
);
CREATE INDEX case_party_by_case ON case_party (case_id);

CREATE TABLE case_session (
  id {{id}},
  case_id BIGINT NOT NULL REFERENCES case_file (id),
  held_at BIGINT NOT NULL,
  place TEXT NOT NULL,
  mediators TEXT NOT NULL,
  -- Who took part, in words; and what came of it. Erasable.
  present TEXT NOT NULL,
  body TEXT NOT NULL,
  next_at BIGINT,
  recorded_by BIGINT,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX case_session_by_case ON case_session (case_id);

-- The outcome, once there is one.
CREATE TABLE case_mediation (
  case_id BIGINT PRIMARY KEY REFERENCES case_file (id),
  -- `settled`, `unsettled` or `withdrawn`.
  outcome TEXT NOT NULL,
  -- `written`, `oral` or `none`.
  agreement TEXT NOT NULL,
  -- In hundredths of a yuan (分), so that sums are exact.
  amount BIGINT,
  -- The day by which it is to be kept, in days since 1970-01-01.
  perform_by BIGINT,
  -- What the quarrel is about, and what was agreed. Erasable.
  facts TEXT,
  terms TEXT,
  recorded_by BIGINT,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX case_mediation_by_time ON case_mediation (recorded_at);
