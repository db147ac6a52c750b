-- Clocks of what was passed on to the levels below.
-- How far below the case's own dispatcher: what is counted of the case itself is level 0.
ALTER TABLE case_clock ADD COLUMN level BIGINT NOT NULL DEFAULT 0;
-- The clock of the level above, after which it is not due.
ALTER TABLE case_clock ADD COLUMN within_id BIGINT;
-- Who leads below the level that the case itself names.
CREATE INDEX case_assignment_nested ON case_assignment (organisation_id, case_id)
  WHERE parent_id IS NOT NULL;
-- What waits for a person.
CREATE INDEX case_assignment_by_person ON case_assignment (person_id)
  WHERE person_id IS NOT NULL AND is_active = 1;
