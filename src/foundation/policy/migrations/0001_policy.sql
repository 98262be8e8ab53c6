-- Dated policy values. A value is never overwritten: a row that is set again for the same day supersedes the old one.
CREATE TABLE policy_state (
  id $ID PRIMARY KEY,
  stamp $INT NOT NULL,
  recorded_at $INSTANT NOT NULL
);
INSERT INTO policy_state (id, stamp, recorded_at) VALUES (1, 0, 0);

CREATE TABLE policy_value (
  id $ID PRIMARY KEY,
  policy_key $TEXT NOT NULL,
  value $TEXT NOT NULL,
  valid_from $DATE NOT NULL,
  source $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX policy_value_current ON policy_value (policy_key, valid_from) WHERE superseded_at IS NULL;
CREATE INDEX policy_value_key ON policy_value (policy_key, recorded_at);
