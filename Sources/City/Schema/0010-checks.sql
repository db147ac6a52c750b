-- Rules of checking that are switched off for an organisation and all below it, or for the whole
-- installation: who, when, why, until which day. A row that was switched on again stays.
CREATE TABLE check_rule_off (
  id {{id}},
  rule TEXT NOT NULL,
  -- Null: for all.
  organisation_id BIGINT REFERENCES organisation (id),
  reason TEXT NOT NULL,
  -- The last day; null: until it is switched on again.
  until_on TEXT,
  set_by BIGINT,
  set_at BIGINT NOT NULL,
  lifted_by BIGINT,
  lifted_at BIGINT
);

-- The limits of checking as an administrator wrote them, each time; the last one holds. An empty text
-- stands for those that ship.
CREATE TABLE check_limits (
  id {{id}},
  content TEXT NOT NULL,
  set_by BIGINT,
  set_at BIGINT NOT NULL
);

-- What was read out of documents and waits to be taken over by whoever brought them; for an hour.
CREATE TABLE form_reading (
  id {{id}},
  person_id BIGINT NOT NULL,
  file_name TEXT NOT NULL,
  -- The forms as JSON; empty where the file was refused.
  forms TEXT NOT NULL,
  -- The lines of its source, to be shown beside them.
  source TEXT NOT NULL,
  -- Why it was refused, as a fault's code and arguments.
  fault TEXT,
  read_at BIGINT NOT NULL
);
CREATE INDEX form_reading_by_person ON form_reading (person_id, id);
