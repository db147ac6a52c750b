-- Where things are, and who answers for them. A path is the codes from the root, each ended by '/'.
CREATE TABLE area (
  id {{id}},
  parent_id BIGINT REFERENCES area (id),
  level TEXT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  boundary TEXT,
  updated_at BIGINT NOT NULL
);
CREATE INDEX area_by_parent ON area (parent_id);

CREATE TABLE organisation (
  id {{id}},
  parent_id BIGINT REFERENCES organisation (id),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  area_id BIGINT REFERENCES area (id),
  retired_at BIGINT,
  updated_at BIGINT NOT NULL
);
CREATE INDEX organisation_by_parent ON organisation (parent_id);

CREATE TABLE post (
  id {{id}},
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);

-- Who answers for which kinds where: the narrowest area, then the narrowest kind, wins.
-- An empty kind_prefix is every kind, an empty area_path is everywhere.
CREATE TABLE responsibility (
  id {{id}},
  kind_prefix TEXT NOT NULL,
  area_path TEXT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  person_id BIGINT REFERENCES person (id),
  UNIQUE (kind_prefix, area_path)
);

-- What holds for the town as a whole, such as the zone of its clocks.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
