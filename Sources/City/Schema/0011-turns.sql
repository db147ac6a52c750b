-- The turns of a case: the check on the spot before it is filed, arbitration, appeals against being
-- scored by it, and findings about how it was reported or served. A case may stand where programs that
-- know up to 10 cannot read it, so none of these goes on beside this step.
-- What a part was sent for: `handle`, or `check`.
ALTER TABLE case_assignment ADD COLUMN purpose TEXT NOT NULL DEFAULT 'handle';
-- The last check: when somebody answered, and what.
ALTER TABLE case_file ADD COLUMN checked_at BIGINT;
ALTER TABLE case_file ADD COLUMN check_result TEXT;
-- Since when it waits for an arbitrator; when one decided last; whom the decision still binds.
ALTER TABLE case_file ADD COLUMN arbitration_at BIGINT;
ALTER TABLE case_file ADD COLUMN arbitrated_at BIGINT;
ALTER TABLE case_file ADD COLUMN arbitrated_to BIGINT;
-- Whether a unit wants not to be scored by it, and what became of that (申诉): `open`, `granted`, `refused`.
ALTER TABLE case_file ADD COLUMN appeal TEXT;
-- Since when it is in neither part of any rate (剔除).
ALTER TABLE case_file ADD COLUMN excluded_at BIGINT;
-- Whether it is for more than a dispatcher grants.
ALTER TABLE case_extension ADD COLUMN is_further BIGINT NOT NULL DEFAULT 0;
CREATE INDEX case_file_by_check ON case_file (checked_at) WHERE checked_at IS NOT NULL;
CREATE INDEX case_file_by_arbitration ON case_file (arbitrated_at) WHERE arbitrated_at IS NOT NULL;
CREATE INDEX case_file_excluded ON case_file (excluded_at) WHERE excluded_at IS NOT NULL;
CREATE INDEX case_file_appealed ON case_file (id) WHERE appeal = 'open';

-- What somebody found about a case: a justified complaint (有理投诉), or that it was reported late, not at
-- all, hidden or falsely (迟报 漏报 瞒报 假报). The text is a note of the case.
CREATE TABLE case_finding (
  id {{id}},
  case_id BIGINT NOT NULL REFERENCES case_file (id),
  finding TEXT NOT NULL,
  -- Whose: of those who handled it, or of those who walk there.
  organisation_id BIGINT REFERENCES organisation (id),
  found_by BIGINT,
  found_at BIGINT NOT NULL
);
CREATE INDEX case_finding_by_case ON case_finding (case_id);
CREATE INDEX case_finding_by_time ON case_finding (finding, found_at);
