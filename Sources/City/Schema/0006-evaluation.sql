-- Projects whose money is accounted for, and the self-evaluation form that each makes of its year.
CREATE TABLE project (
  id {{id}},
  year BIGINT NOT NULL,
  -- The body that answers for it; scopes follow the organisation wherever it is moved.
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  -- The project that this one is a part of.
  parent_id BIGINT REFERENCES project (id),
  name TEXT NOT NULL,
  department TEXT NOT NULL,
  unit TEXT NOT NULL,
  sector TEXT,
  money_unit TEXT,
  state TEXT NOT NULL,
  goal TEXT NOT NULL,
  result TEXT NOT NULL,
  -- As the form prints them: computed of what is made here, as it stood of what was read in.
  total_weight TEXT NOT NULL,
  total_score TEXT NOT NULL,
  grade TEXT NOT NULL,
  -- The file it was read from, and which form of it.
  source TEXT,
  ordinal BIGINT,
  copied_from BIGINT,
  -- The number of the last submission; 0 before the first.
  version BIGINT NOT NULL,
  created_by BIGINT,
  created_at BIGINT NOT NULL,
  submitted_by BIGINT,
  submitted_at BIGINT,
  published_at BIGINT,
  revision BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX project_by_name ON project (organisation_id, year, name)
  WHERE state <> 'discarded';
CREATE INDEX project_by_year ON project (year, organisation_id);
CREATE INDEX project_by_parent ON project (parent_id) WHERE parent_id IS NOT NULL;

-- The four rows of a form's budget; every cell as it is printed.
CREATE TABLE project_budget (
  project_id BIGINT NOT NULL REFERENCES project (id),
  source TEXT NOT NULL,
  opening TEXT NOT NULL,
  adjusted TEXT NOT NULL,
  executed TEXT NOT NULL,
  weight TEXT NOT NULL,
  rate TEXT NOT NULL,
  score TEXT NOT NULL,
  PRIMARY KEY (project_id, source)
);

-- Every change of an amount: who, when, from what to what, why, and as of which day.
CREATE TABLE project_budget_change (
  id {{id}},
  project_id BIGINT NOT NULL REFERENCES project (id),
  source TEXT NOT NULL,
  figure TEXT NOT NULL,
  amount_before TEXT NOT NULL,
  amount_after TEXT NOT NULL,
  origin TEXT NOT NULL,
  reason TEXT NOT NULL,
  effective_on TEXT NOT NULL,
  changed_by BIGINT,
  changed_at BIGINT NOT NULL
);
CREATE INDEX project_budget_change_by_project ON project_budget_change (project_id, id);

CREATE TABLE project_attachment (
  id {{id}},
  project_id BIGINT NOT NULL REFERENCES project (id),
  -- The indicator that it proves; null for the project as a whole.
  indicator_id BIGINT,
  digest TEXT NOT NULL REFERENCES blob (digest),
  name TEXT NOT NULL,
  added_by BIGINT,
  added_at BIGINT NOT NULL
);
CREATE INDEX project_attachment_by_project ON project_attachment (project_id, id);
CREATE INDEX project_attachment_by_blob ON project_attachment (digest);

CREATE TABLE project_indicator (
  id {{id}},
  project_id BIGINT NOT NULL REFERENCES project (id),
  place BIGINT NOT NULL,
  level1 TEXT NOT NULL,
  level2 TEXT NOT NULL,
  name TEXT NOT NULL,
  target TEXT NOT NULL,
  actual TEXT NOT NULL,
  weight TEXT NOT NULL,
  score TEXT NOT NULL,
  reason TEXT NOT NULL,
  remedy TEXT NOT NULL,
  direction TEXT,
  -- Where the actual value comes from, from whom and when; of one from outside, its document.
  origin TEXT NOT NULL,
  origin_by BIGINT,
  origin_at BIGINT NOT NULL,
  origin_attachment_id BIGINT REFERENCES project_attachment (id)
);
CREATE INDEX project_indicator_by_project ON project_indicator (project_id, place);

-- The form as it was handed in, each time.
CREATE TABLE project_version (
  id {{id}},
  project_id BIGINT NOT NULL REFERENCES project (id),
  number BIGINT NOT NULL,
  form TEXT NOT NULL,
  submitted_by BIGINT,
  submitted_at BIGINT NOT NULL,
  UNIQUE (project_id, number)
);

-- What people said: with a move, or about one indicator. Texts stay here, erasable.
CREATE TABLE project_comment (
  id {{id}},
  project_id BIGINT NOT NULL REFERENCES project (id),
  indicator_id BIGINT,
  move TEXT NOT NULL,
  author_id BIGINT,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX project_comment_by_project ON project_comment (project_id, id);

-- Who had which part in a form: nobody reviews what they wrote.
CREATE TABLE project_hand (
  project_id BIGINT NOT NULL REFERENCES project (id),
  person_id BIGINT NOT NULL,
  part TEXT NOT NULL,
  first_at BIGINT NOT NULL,
  PRIMARY KEY (project_id, person_id, part)
);

-- Until when a year's forms of a subtree must have come how far; the nearest organisation counts.
CREATE TABLE project_deadline (
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  year BIGINT NOT NULL,
  phase TEXT NOT NULL,
  due_on TEXT NOT NULL,
  PRIMARY KEY (organisation_id, year, phase)
);
