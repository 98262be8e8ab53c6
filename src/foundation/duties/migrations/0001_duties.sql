-- The duty ledger. A duty is the present row; every change first copies the row it replaces into duty_version with the time it was superseded, so
-- that any list can be asked as known on a past moment.
CREATE TABLE duty (
  id $ID PRIMARY KEY,
  number $TEXT NOT NULL,
  title $TEXT NOT NULL,
  detail $TEXT NOT NULL,
  origin $TEXT NOT NULL,
  source_kind $TEXT NOT NULL,
  source_id $INT NOT NULL,
  agency_id $INT NOT NULL,
  unit_id $INT NOT NULL,
  post_id $INT NOT NULL,
  due_on $DATE NOT NULL,
  first_due_on $DATE NOT NULL,
  nominal_due_on $DATE NOT NULL,
  calendar_version $INT NOT NULL,
  state $TEXT NOT NULL,
  done_on $DATE,
  severity $TEXT NOT NULL,
  confidentiality $TEXT NOT NULL,
  series_id $INT NOT NULL,
  created_at $INSTANT NOT NULL,
  created_by $INT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  revision $INT NOT NULL
);
CREATE INDEX duty_due ON duty (state, due_on, id);
CREATE INDEX duty_agency ON duty (agency_id, state, due_on, id);
CREATE INDEX duty_post ON duty (post_id, state, due_on, id) WHERE post_id <> 0;
CREATE INDEX duty_unit ON duty (unit_id, state, due_on, id) WHERE unit_id <> 0;
CREATE INDEX duty_origin ON duty (origin, state, due_on, id);
CREATE INDEX duty_source ON duty (source_kind, source_id) WHERE source_id <> 0;
CREATE UNIQUE INDEX duty_occurrence ON duty (series_id, nominal_due_on) WHERE series_id <> 0;
$SEQUENCE duty_number;

CREATE TABLE duty_version (
  duty_id $INT NOT NULL,
  number $TEXT NOT NULL,
  title $TEXT NOT NULL,
  origin $TEXT NOT NULL,
  source_kind $TEXT NOT NULL,
  source_id $INT NOT NULL,
  agency_id $INT NOT NULL,
  unit_id $INT NOT NULL,
  post_id $INT NOT NULL,
  due_on $DATE NOT NULL,
  first_due_on $DATE NOT NULL,
  calendar_version $INT NOT NULL,
  state $TEXT NOT NULL,
  done_on $DATE,
  severity $TEXT NOT NULL,
  confidentiality $TEXT NOT NULL,
  series_id $INT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  superseded_at $INSTANT NOT NULL,
  revision $INT NOT NULL,
  PRIMARY KEY (duty_id, revision)
);
CREATE INDEX duty_version_known ON duty_version (recorded_at, superseded_at);

CREATE TABLE duty_evidence (
  id $ID PRIMARY KEY,
  duty_id $INT NOT NULL REFERENCES duty (id),
  at $INSTANT NOT NULL,
  account_id $INT NOT NULL,
  text $TEXT NOT NULL
);
CREATE INDEX duty_evidence_duty ON duty_evidence (duty_id, at);

CREATE TABLE duty_extension (
  id $ID PRIMARY KEY,
  duty_id $INT NOT NULL REFERENCES duty (id),
  asked_at $INSTANT NOT NULL,
  asked_by $INT NOT NULL,
  asked_due_on $DATE NOT NULL,
  reason $TEXT NOT NULL,
  state $TEXT NOT NULL,
  decided_at $INSTANT,
  decided_by $INT,
  decision_note $TEXT NOT NULL
);
CREATE UNIQUE INDEX duty_extension_pending ON duty_extension (duty_id) WHERE state = 'asked';
CREATE INDEX duty_extension_state ON duty_extension (state, asked_at);
CREATE INDEX duty_extension_duty ON duty_extension (duty_id, asked_at);

-- A recurring duty: each occurrence is a duty of its own.
CREATE TABLE duty_series (
  id $ID PRIMARY KEY,
  title $TEXT NOT NULL,
  detail $TEXT NOT NULL,
  origin $TEXT NOT NULL,
  source_kind $TEXT NOT NULL,
  source_id $INT NOT NULL,
  agency_id $INT NOT NULL,
  unit_id $INT NOT NULL,
  post_id $INT NOT NULL,
  severity $TEXT NOT NULL,
  confidentiality $TEXT NOT NULL,
  every $TEXT NOT NULL,
  months $TEXT NOT NULL,
  day $INT NOT NULL,
  starts_on $DATE NOT NULL,
  ends_on $DATE,
  made_until $DATE NOT NULL,
  ended_at $INSTANT
);
CREATE INDEX duty_series_due ON duty_series (made_until) WHERE ended_at IS NULL;
