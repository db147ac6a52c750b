-- What the nodes of one centre share beside the domain. Programs that know up to 8 need none of it.
-- serves: 8
-- How much a caller may still ask, in thousandths of a request, below nothing where nodes let too
-- much pass between two settlements; known by a digest.
CREATE TABLE rate_bucket (
  caller_digest {{bytes}} PRIMARY KEY,
  level BIGINT NOT NULL,
  filled_at BIGINT NOT NULL
);
CREATE INDEX rate_bucket_by_age ON rate_bucket (filled_at);
