-- The case: one matter from report to call-back, with everything that hangs from it.
CREATE TABLE case_file (
  id {{id}},
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  kind_version BIGINT NOT NULL REFERENCES case_kind (id),
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  -- Where it stood before it was suspended.
  resume_state TEXT,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  fields TEXT NOT NULL,
  salt {{bytes}} NOT NULL,
  -- The grid, its ancestors and the owner as they were when it was filed.
  area_id BIGINT REFERENCES area (id),
  area_path TEXT NOT NULL,
  organisation_path TEXT NOT NULL,
  place TEXT NOT NULL,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  coordinates TEXT,
  is_urgent BIGINT NOT NULL,
  is_confidential BIGINT NOT NULL,
  external_source TEXT,
  external_id TEXT,
  external_digest {{bytes}},
  reported_by BIGINT,
  reported_at BIGINT NOT NULL,
  accepted_at BIGINT,
  filed_at BIGINT,
  dispatched_at BIGINT,
  taken_at BIGINT,
  handled_at BIGINT,
  verified_at BIGINT,
  closed_at BIGINT,
  contacted_at BIGINT,
  called_back_at BIGINT,
  is_resolved BIGINT,
  satisfaction BIGINT,
  lead_organisation_id BIGINT,
  lead_person_id BIGINT,
  handled_by BIGINT,
  -- The deadline of the step it is in; the deadline of the whole stands beside it.
  due_at BIGINT,
  whole_due_at BIGINT,
  -- Sorts a queue by clock: the deadline, or the end of time where there is none.
  queue_at BIGINT NOT NULL,
  outcome TEXT,
  return_count BIGINT NOT NULL,
  rework_count BIGINT NOT NULL,
  extension_count BIGINT NOT NULL,
  reopen_count BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX case_file_by_area ON case_file (area_path, id);
CREATE INDEX case_file_open ON case_file (state, queue_at, id, area_path)
  WHERE closed_at IS NULL;
CREATE INDEX case_file_by_lead ON case_file (lead_organisation_id, id)
  WHERE lead_organisation_id IS NOT NULL;
CREATE UNIQUE INDEX case_file_by_external ON case_file (external_source, external_id)
  WHERE external_id IS NOT NULL;
CREATE INDEX case_file_by_report ON case_file (reported_at);
CREATE INDEX case_file_by_reporter ON case_file (reported_by, id)
  WHERE reported_by IS NOT NULL;

-- Personal data: erasable, masked by default, each opening in the ledger.
CREATE TABLE case_reporter (
  case_id BIGINT PRIMARY KEY REFERENCES case_file (id),
  name TEXT,
  phone TEXT,
  phone_digest {{bytes}},
  address TEXT
);
CREATE INDEX case_reporter_by_phone ON case_reporter (phone_digest)
  WHERE phone_digest IS NOT NULL;

-- Who has it: one lead and any number of co-handlers; levels nest by parent.
CREATE TABLE case_assignment (
  id {{id}},
  case_id BIGINT NOT NULL REFERENCES case_file (id),
  parent_id BIGINT REFERENCES case_assignment (id),
  is_lead BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  organisation_path TEXT NOT NULL,
  person_id BIGINT REFERENCES person (id),
  state TEXT NOT NULL,
  -- Whether the case is open and the part counts: neither returned nor withdrawn.
  is_active BIGINT NOT NULL,
  due_at BIGINT,
  -- Sorts the unit's queue: the same as the case's.
  queue_at BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  taken_at BIGINT,
  handled_at BIGINT,
  handled_by BIGINT,
  ended_at BIGINT
);
CREATE INDEX case_assignment_by_case ON case_assignment (case_id);
CREATE INDEX case_assignment_queue ON case_assignment (organisation_id, queue_at, case_id)
  WHERE is_active = 1;
CREATE INDEX case_assignment_by_organisation ON case_assignment (organisation_id, case_id);

CREATE TABLE case_clock (
  id {{id}},
  case_id BIGINT NOT NULL REFERENCES case_file (id),
  step TEXT NOT NULL,
  assignment_id BIGINT,
  time_limit TEXT,
  calendar TEXT,
  -- Limits that extended it, in order, between semicolons.
  extensions TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  original_due_at BIGINT,
  due_at BIGINT,
  -- The calendar year that is not published yet, when the deadline is unknown for it.
  missing_year BIGINT,
  stopped_at BIGINT,
  -- Whether the step was done, or the clock ended without it (returned, withdrawn, void).
  is_done BIGINT NOT NULL,
  overdue_noted_at BIGINT
);
CREATE INDEX case_clock_by_case ON case_clock (case_id);
CREATE INDEX case_clock_running ON case_clock (due_at) WHERE stopped_at IS NULL;
CREATE INDEX case_clock_by_due ON case_clock (step, due_at);
CREATE INDEX case_clock_unknown ON case_clock (missing_year) WHERE missing_year IS NOT NULL;

CREATE TABLE case_pause (
  id {{id}},
  case_id BIGINT NOT NULL REFERENCES case_file (id),
  reason TEXT NOT NULL,
  approver_id BIGINT,
  started_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX case_pause_by_case ON case_pause (case_id);
CREATE INDEX case_pause_running ON case_pause (until_at) WHERE ended_at IS NULL;

CREATE TABLE case_extension (
  id {{id}},
  case_id BIGINT NOT NULL REFERENCES case_file (id),
  time_limit TEXT NOT NULL,
  asked_by BIGINT,
  asked_at BIGINT NOT NULL,
  decided_by BIGINT,
  decided_at BIGINT,
  is_granted BIGINT
);
CREATE INDEX case_extension_by_case ON case_extension (case_id);

-- What people wrote with a move: texts stay here, erasable; the ledger knows their ids.
CREATE TABLE case_note (
  id {{id}},
  case_id BIGINT NOT NULL REFERENCES case_file (id),
  move TEXT NOT NULL,
  author_id BIGINT,
  body TEXT NOT NULL,
  fact_finding TEXT,
  claim_finding TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX case_note_by_case ON case_note (case_id, id);

CREATE TABLE blob (
  digest TEXT PRIMARY KEY,
  size BIGINT NOT NULL,
  media_type TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE case_attachment (
  id {{id}},
  case_id BIGINT NOT NULL REFERENCES case_file (id),
  digest TEXT NOT NULL REFERENCES blob (digest),
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  added_by BIGINT,
  added_at BIGINT NOT NULL
);
CREATE INDEX case_attachment_by_case ON case_attachment (case_id);
CREATE INDEX case_attachment_by_blob ON case_attachment (digest);

-- Keys of the installation, such as the one that phone numbers are hashed with.
CREATE TABLE secret (
  name TEXT PRIMARY KEY,
  value {{bytes}} NOT NULL
);

-- The words of a case for searching, cut by us; its own text is not kept twice. The engine is to cut
-- at blanks only: what it takes for letters is not what we do, and a word that it cuts in two is a
-- phrase, which an index without positions refuses.
-- only: sqlite
CREATE VIRTUAL TABLE case_search USING fts5 (
  words, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
-- only: postgres
CREATE TABLE case_search (id BIGINT PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX case_search_words ON case_search USING GIN (words);
-- both
