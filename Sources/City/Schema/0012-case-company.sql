-- Cases that belong together: linked, and merged into another; and cases that went elsewhere. It only adds; but a
-- case may stand in the states `merged` and `transferred` from now on, which older programs cannot read, so
-- none serves beside it.
-- Each pair stands once, the later case first: that is the one that repeats the other.
CREATE TABLE case_link (
  id {{id}},
  later_id BIGINT NOT NULL REFERENCES case_file (id),
  earlier_id BIGINT NOT NULL REFERENCES case_file (id),
  relation TEXT NOT NULL,
  linked_by BIGINT,
  linked_at BIGINT NOT NULL,
  UNIQUE (later_id, earlier_id),
  CHECK (earlier_id < later_id)
);
CREATE INDEX case_link_by_earlier ON case_link (earlier_id);

-- That a case went on as part of another, and what is to be put back when they are parted again. A row
-- that has ended stays.
CREATE TABLE case_merge (
  id {{id}},
  case_id BIGINT NOT NULL REFERENCES case_file (id),
  into_id BIGINT NOT NULL REFERENCES case_file (id),
  -- Where the case stood, with its clocks that ran and its parts that were pending, as JSON.
  state TEXT NOT NULL,
  kept TEXT NOT NULL,
  merged_by BIGINT,
  merged_at BIGINT NOT NULL,
  ended_by BIGINT,
  ended_at BIGINT,
  CHECK (case_id <> into_id)
);
CREATE UNIQUE INDEX case_merge_current ON case_merge (case_id) WHERE ended_at IS NULL;
CREATE INDEX case_merge_into ON case_merge (into_id) WHERE ended_at IS NULL;

-- That a case went to a platform above or below, and whether it came back. One is open at a time.
CREATE TABLE case_transfer (
  id {{id}},
  case_id BIGINT NOT NULL REFERENCES case_file (id),
  direction TEXT NOT NULL,
  -- The platform or organisation that it went to, in words.
  platform TEXT NOT NULL,
  sent_by BIGINT,
  sent_at BIGINT NOT NULL,
  back_by BIGINT,
  back_at BIGINT
);
CREATE UNIQUE INDEX case_transfer_open ON case_transfer (case_id) WHERE back_at IS NULL;
CREATE INDEX case_transfer_by_case ON case_transfer (case_id);
CREATE INDEX case_transfer_by_time ON case_transfer (sent_at);
