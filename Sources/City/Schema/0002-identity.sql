-- People, what they may do, and how they prove who they are.
CREATE TABLE person (
  id {{id}},
  sign_in TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  phone TEXT,
  organisation_id BIGINT,
  post TEXT,
  password TEXT,
  disabled_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX person_by_organisation ON person (organisation_id);

-- A right is a role over a subtree of organisations and a subtree of areas; an empty path is all.
CREATE TABLE role_grant (
  id {{id}},
  person_id BIGINT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  organisation_path TEXT NOT NULL,
  area_path TEXT NOT NULL,
  granted_at BIGINT NOT NULL,
  UNIQUE (person_id, role, organisation_path, area_path)
);

CREATE TABLE session (
  token_digest {{bytes}} PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_person ON session (person_id);

-- Wrong passwords, by a digest of the name that was typed, whether or not somebody has that name:
-- no answer tells which names there are.
CREATE TABLE sign_in_failure (
  name_digest {{bytes}} PRIMARY KEY,
  failures BIGINT NOT NULL,
  counted_since BIGINT NOT NULL,
  locks BIGINT NOT NULL,
  locked_until BIGINT,
  last_at BIGINT NOT NULL
);
CREATE INDEX sign_in_failure_by_age ON sign_in_failure (last_at);

CREATE TABLE api_token (
  id {{id}},
  person_id BIGINT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  token_digest {{bytes}} NOT NULL UNIQUE,
  rights TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX api_token_by_person ON api_token (person_id);

-- What was answered to a creation that carried a key, so that a repeat gets the same answer.
CREATE TABLE idempotency (
  person_id BIGINT NOT NULL,
  request_key TEXT NOT NULL,
  request_digest {{bytes}} NOT NULL,
  subject_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, request_key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
