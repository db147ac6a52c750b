-- The grids that patrollers walk (责任网格), across the tree of areas, and who patrols them. Who does not know
-- them proposes for a check whom it did before.
-- serves: 18
CREATE TABLE duty_grid (
  id {{id}},
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  -- GeoJSON with one feature, in WGS-84; none where it consists of areas.
  boundary TEXT,
  retired_at BIGINT,
  updated_at BIGINT NOT NULL
);
CREATE INDEX duty_grid_by_organisation ON duty_grid (organisation_id);

CREATE TABLE duty_grid_area (
  grid_id BIGINT NOT NULL REFERENCES duty_grid (id),
  area_id BIGINT NOT NULL REFERENCES area (id),
  PRIMARY KEY (grid_id, area_id)
);

CREATE TABLE duty_grid_person (
  id {{id}},
  grid_id BIGINT NOT NULL REFERENCES duty_grid (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  from_at BIGINT NOT NULL,
  -- The first moment at which they do not patrol it any more; nothing for no end.
  until_at BIGINT,
  CHECK (until_at >= from_at)
);
CREATE INDEX duty_grid_person_by_grid ON duty_grid_person (grid_id, until_at);
