CREATE TABLE job_attempt (
  job_id $INT NOT NULL,
  number $INT NOT NULL,
  at $INSTANT NOT NULL,
  took_ms $INT NOT NULL,
  error $TEXT NOT NULL,
  PRIMARY KEY (job_id, number)
);
CREATE INDEX job_of_state ON job (state, run_at, id);

ALTER TABLE schedule ADD COLUMN last_took_ms $INT;
ALTER TABLE schedule ADD COLUMN last_error $TEXT;
