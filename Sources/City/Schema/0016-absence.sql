-- People who are away and who stands in for them; people and posts that count for a time only. An older
-- program knows neither, and would refuse what a substitute may do, so none serves beside it.
CREATE TABLE absence (
  id {{id}},
  person_id BIGINT NOT NULL REFERENCES person (id),
  from_at BIGINT NOT NULL,
  -- The first moment at which they are back; earlier than planned where it was ended by hand.
  until_at BIGINT NOT NULL,
  -- Nobody: what was sent to them is for the others of their organisation.
  substitute_id BIGINT REFERENCES person (id),
  reason TEXT NOT NULL,
  entered_by BIGINT,
  entered_at BIGINT NOT NULL,
  CHECK (until_at >= from_at),
  CHECK (substitute_id <> person_id)
);
CREATE INDEX absence_by_person ON absence (person_id, until_at);
CREATE INDEX absence_by_substitute ON absence (substitute_id, until_at)
  WHERE substitute_id IS NOT NULL;
-- From when to when somebody belongs here: outside of it they are disabled by a pass over what is due.
ALTER TABLE person ADD COLUMN valid_from BIGINT;
ALTER TABLE person ADD COLUMN valid_until BIGINT;
CREATE INDEX person_by_start ON person (valid_from) WHERE valid_from IS NOT NULL;
CREATE INDEX person_by_end ON person (valid_until) WHERE valid_until IS NOT NULL;
-- Outside of it nobody is given the post.
ALTER TABLE post ADD COLUMN valid_from BIGINT;
ALTER TABLE post ADD COLUMN valid_until BIGINT;
