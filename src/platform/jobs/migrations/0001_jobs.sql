CREATE TABLE job (
  id $ID PRIMARY KEY,
  kind $TEXT NOT NULL,
  payload $TEXT NOT NULL,
  state $TEXT NOT NULL,
  run_at $INSTANT NOT NULL,
  attempts $INT NOT NULL,
  last_error $TEXT NOT NULL,
  done_count $INT NOT NULL,
  total_count $INT NOT NULL,
  key $TEXT,
  lease_owner $INT,
  lease_until $INSTANT
);
CREATE INDEX job_due ON job (state, run_at);
CREATE UNIQUE INDEX job_key ON job (kind, key) WHERE state IN ('waiting', 'running');

CREATE TABLE schedule (
  name $TEXT PRIMARY KEY,
  every_seconds $INT NOT NULL,
  next_run_at $INSTANT NOT NULL,
  last_run_at $INSTANT
);
