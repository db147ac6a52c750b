-- Files that an administrator loads, by content: what is in force, and what was when a case began.
CREATE TABLE catalogue_file (
  id {{id}},
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL,
  loaded_at BIGINT NOT NULL,
  is_current BIGINT NOT NULL
);
CREATE INDEX catalogue_file_current ON catalogue_file (kind, is_current);

CREATE TABLE case_kind (
  id {{id}},
  code TEXT NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL,
  loaded_at BIGINT NOT NULL,
  is_current BIGINT NOT NULL,
  UNIQUE (code, digest)
);
CREATE INDEX case_kind_current ON case_kind (is_current, code);
