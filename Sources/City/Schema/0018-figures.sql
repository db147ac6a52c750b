-- What figures are counted by: the times of a case's steps, and what decides whether it counts, beside what
-- they are narrowed to. A year's counts are read here and not from the cases with all their texts. It takes
-- the place of the index by report alone, which it begins with.
-- serves: 17
DROP INDEX case_file_by_report;
CREATE INDEX case_file_figures ON case_file (
  reported_at, accepted_at, filed_at, dispatched_at, handled_at, closed_at, called_back_at, state,
  is_resolved, satisfaction, return_count, excluded_at, kind, channel, area_path, organisation_path,
  lead_organisation_id, lead_person_id);
CREATE INDEX case_file_by_filing ON case_file (filed_at) WHERE filed_at IS NOT NULL;
-- Who leads below the level that the case itself names.
CREATE INDEX case_assignment_led ON case_assignment (person_id, case_id)
  WHERE parent_id IS NOT NULL AND person_id IS NOT NULL;
CREATE INDEX case_pause_by_time ON case_pause (started_at);
