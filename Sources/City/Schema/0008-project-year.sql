-- The year of a project around its self-evaluation: appraisal, targets, monitoring, use of the result.
-- Each is a sheet that is written, handed in and approved, in rounds; the last round is worked on.
CREATE TABLE project_sheet (
  id {{id}},
  project_id BIGINT NOT NULL REFERENCES project (id),
  kind TEXT NOT NULL,
  -- From 1. A change of what was approved is a round of its own; the approved one stays as it was.
  round BIGINT NOT NULL,
  state TEXT NOT NULL,
  -- What it says, as JSON of its kind; texts stay here, erasable.
  content TEXT NOT NULL,
  -- Why a round was begun after another, or why the sheet was waived.
  reason TEXT NOT NULL,
  -- How often it was handed in.
  version BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  submitted_by BIGINT,
  submitted_at BIGINT,
  settled_by BIGINT,
  settled_at BIGINT,
  UNIQUE (project_id, kind, round)
);

-- Who had which part in a sheet: nobody approves what they wrote.
CREATE TABLE project_sheet_hand (
  sheet_id BIGINT NOT NULL REFERENCES project_sheet (id),
  person_id BIGINT NOT NULL,
  part TEXT NOT NULL,
  first_at BIGINT NOT NULL,
  PRIMARY KEY (sheet_id, person_id, part)
);

-- What reviewers said of a sheet, with which move.
CREATE TABLE project_sheet_word (
  id {{id}},
  sheet_id BIGINT NOT NULL REFERENCES project_sheet (id),
  move TEXT NOT NULL,
  author_id BIGINT,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX project_sheet_word_by_sheet ON project_sheet_word (sheet_id, id);

-- The book of a project's budget: what was granted at the opening and every change, by source. What
-- was written is not rewritten; a mistake is an entry of its own.
CREATE TABLE project_budget_entry (
  id {{id}},
  project_id BIGINT NOT NULL REFERENCES project (id),
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  -- With its sign, in the project's money unit.
  amount TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- The number of the paper that decided it.
  paper TEXT NOT NULL,
  effective_on TEXT NOT NULL,
  entered_by BIGINT,
  entered_at BIGINT NOT NULL
);
CREATE INDEX project_budget_entry_by_project ON project_budget_entry (project_id, id);

-- Scores that others gave, each with its document.
CREATE TABLE project_outside_score (
  id {{id}},
  project_id BIGINT NOT NULL REFERENCES project (id),
  -- The indicator whose actual value it is.
  indicator_id BIGINT,
  kind TEXT NOT NULL,
  giver TEXT NOT NULL,
  score TEXT NOT NULL,
  unit TEXT NOT NULL,
  out_of TEXT NOT NULL,
  -- What to compare it with, such as the mean of all that were scored.
  mean TEXT NOT NULL,
  given_on TEXT NOT NULL,
  attachment_id BIGINT NOT NULL REFERENCES project_attachment (id),
  words TEXT NOT NULL,
  brought_by BIGINT,
  brought_at BIGINT NOT NULL
);
CREATE INDEX project_outside_score_by_project ON project_outside_score (project_id, id);

-- What the use of a result asks to be put right, and until when.
CREATE TABLE project_rectification (
  id {{id}},
  project_id BIGINT NOT NULL REFERENCES project (id),
  place BIGINT NOT NULL,
  what TEXT NOT NULL,
  responsible TEXT NOT NULL,
  due_on TEXT NOT NULL,
  done_on TEXT,
  done_words TEXT NOT NULL,
  done_by BIGINT,
  overdue_noted_at BIGINT
);
CREATE INDEX project_rectification_by_project ON project_rectification (project_id, place);
CREATE INDEX project_rectification_open ON project_rectification (due_on) WHERE done_on IS NULL;

-- That a step of the year was not done by its day: entered in the ledger once for each such day.
CREATE TABLE project_overdue (
  project_id BIGINT NOT NULL REFERENCES project (id),
  phase TEXT NOT NULL,
  due_on TEXT NOT NULL,
  noted_at BIGINT NOT NULL,
  PRIMARY KEY (project_id, phase, due_on)
);

-- The last forms as they were saved, so that a save onto an older one can be put together with what
-- others have changed since.
CREATE TABLE project_saved (
  project_id BIGINT NOT NULL REFERENCES project (id),
  revision BIGINT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (project_id, revision)
);
