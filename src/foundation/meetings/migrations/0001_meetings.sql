-- Series, meetings, entries, attendance and decisions are dated rows: a change supersedes the row and writes a new one, so that "as known on" is a query.
-- `id` stays the same through all rows of a record; `row_id` is the row's own.
CREATE TABLE meeting_series (
  row_id $ID PRIMARY KEY,
  id $INT NOT NULL,
  revision $INT NOT NULL,
  kind $TEXT NOT NULL,
  name $TEXT NOT NULL,
  agency_id $INT NOT NULL,
  confidentiality $TEXT NOT NULL,
  frequency $TEXT NOT NULL,
  day $INT NOT NULL,
  months_after $INT NOT NULL,
  begins_at $TEXT NOT NULL,
  place $TEXT NOT NULL,
  chair_post_id $INT NOT NULL,
  attendants $TEXT NOT NULL,
  stage $INT NOT NULL,
  gates $TEXT NOT NULL,
  sources $TEXT NOT NULL,
  covers $TEXT NOT NULL,
  ended $INT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX meeting_series_current ON meeting_series (id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_series_name ON meeting_series (agency_id, name, id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_series_known ON meeting_series (id, recorded_at);

CREATE TABLE meeting (
  row_id $ID PRIMARY KEY,
  id $INT NOT NULL,
  revision $INT NOT NULL,
  number $TEXT NOT NULL,
  series_id $INT NOT NULL,
  agency_id $INT NOT NULL,
  confidentiality $TEXT NOT NULL,
  period_from $DATE NOT NULL,
  period_to $DATE NOT NULL,
  nominal_on $DATE NOT NULL,
  planned_on $DATE NOT NULL,
  begins_at $TEXT NOT NULL,
  place $TEXT NOT NULL,
  state $TEXT NOT NULL,
  reason $TEXT NOT NULL,
  held_on $DATE,
  created_at $INSTANT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX meeting_current ON meeting (id) WHERE superseded_at IS NULL;
-- One meeting of a series a period, besides those that were cancelled.
CREATE UNIQUE INDEX meeting_of_period ON meeting (series_id, period_from) WHERE superseded_at IS NULL AND state <> 'cancelled';
CREATE INDEX meeting_planned ON meeting (planned_on, id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_of_agency ON meeting (agency_id, planned_on, id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_of_series ON meeting (series_id, planned_on, id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_known ON meeting (id, recorded_at);
$SEQUENCE meeting_number;

-- A rule that filled an agenda, as it ran: its version, what it read (day and state of knowledge), and the section it gave.
CREATE TABLE meeting_run (
  id $ID PRIMARY KEY,
  meeting_id $INT NOT NULL,
  source_key $TEXT NOT NULL,
  source_version $INT NOT NULL,
  title $TEXT NOT NULL,
  section $TEXT NOT NULL,
  as_of $DATE NOT NULL,
  known_at $INSTANT NOT NULL,
  run_at $INSTANT NOT NULL,
  run_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX meeting_run_current ON meeting_run (meeting_id, source_key) WHERE superseded_at IS NULL;
CREATE INDEX meeting_run_known ON meeting_run (meeting_id, run_at);

CREATE TABLE meeting_entry (
  row_id $ID PRIMARY KEY,
  id $INT NOT NULL,
  meeting_id $INT NOT NULL,
  origin $TEXT NOT NULL,
  source_key $TEXT NOT NULL,
  run_id $INT NOT NULL,
  record_kind $TEXT NOT NULL,
  record_id $INT NOT NULL,
  agency_id $INT NOT NULL,
  confidentiality $TEXT NOT NULL,
  title $TEXT NOT NULL,
  reason $TEXT NOT NULL,
  figures $TEXT NOT NULL,
  position $INT NOT NULL,
  struck_reason $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX meeting_entry_current ON meeting_entry (id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_entry_order ON meeting_entry (meeting_id, position, id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_entry_agency ON meeting_entry (agency_id, meeting_id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_entry_known ON meeting_entry (meeting_id, recorded_at);

-- A required first-stage meeting that the controller did without, and why; printed in the pack.
CREATE TABLE meeting_waiver (
  id $ID PRIMARY KEY,
  meeting_id $INT NOT NULL,
  series_id $INT NOT NULL,
  reason $TEXT NOT NULL,
  waived_at $INSTANT NOT NULL,
  waived_by $INT NOT NULL
);
CREATE UNIQUE INDEX meeting_waiver_once ON meeting_waiver (meeting_id, series_id);

-- Frozen packs: canonical JSON and the SHA-256 of these bytes. Never changed and never deleted.
CREATE TABLE meeting_pack (
  id $ID PRIMARY KEY,
  meeting_id $INT NOT NULL,
  part $TEXT NOT NULL,
  content $TEXT NOT NULL,
  hash $TEXT NOT NULL,
  size $INT NOT NULL,
  as_of $DATE NOT NULL,
  known_at $INSTANT NOT NULL,
  frozen_at $INSTANT NOT NULL,
  frozen_by $INT NOT NULL
);
CREATE UNIQUE INDEX meeting_pack_part ON meeting_pack (meeting_id, part);

CREATE TABLE meeting_attendance (
  row_id $ID PRIMARY KEY,
  meeting_id $INT NOT NULL,
  position $INT NOT NULL,
  post_id $INT NOT NULL,
  agency_id $INT NOT NULL,
  who $TEXT NOT NULL,
  presence $TEXT NOT NULL,
  deputy $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE INDEX meeting_attendance_order ON meeting_attendance (meeting_id, position) WHERE superseded_at IS NULL;
CREATE INDEX meeting_attendance_agency ON meeting_attendance (agency_id, meeting_id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_attendance_known ON meeting_attendance (meeting_id, recorded_at);

CREATE TABLE meeting_minutes (
  id $ID PRIMARY KEY,
  meeting_id $INT NOT NULL,
  version $INT NOT NULL,
  content $TEXT NOT NULL,
  written_at $INSTANT NOT NULL,
  written_by $INT NOT NULL,
  approved_at $INSTANT,
  approved_by $INT
);
CREATE UNIQUE INDEX meeting_minutes_version ON meeting_minutes (meeting_id, version);

CREATE TABLE meeting_decision (
  row_id $ID PRIMARY KEY,
  id $INT NOT NULL,
  revision $INT NOT NULL,
  number $TEXT NOT NULL,
  meeting_id $INT NOT NULL,
  series_id $INT NOT NULL,
  entry_id $INT NOT NULL,
  content $TEXT NOT NULL,
  content_hash $TEXT NOT NULL,
  agency_id $INT NOT NULL,
  unit_id $INT NOT NULL,
  post_id $INT NOT NULL,
  due_on $DATE NOT NULL,
  duty_id $INT NOT NULL,
  confidentiality $TEXT NOT NULL,
  state $TEXT NOT NULL,
  reason $TEXT NOT NULL,
  created_at $INSTANT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX meeting_decision_current ON meeting_decision (id) WHERE superseded_at IS NULL;
CREATE UNIQUE INDEX meeting_decision_once ON meeting_decision (meeting_id, agency_id, unit_id, post_id, content_hash) WHERE superseded_at IS NULL AND state <> 'withdrawn';
CREATE INDEX meeting_decision_open ON meeting_decision (series_id, created_at, id) WHERE superseded_at IS NULL AND state = 'open';
CREATE INDEX meeting_decision_of_meeting ON meeting_decision (meeting_id, created_at, id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_decision_agency ON meeting_decision (agency_id, meeting_id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_decision_listed ON meeting_decision (state, due_on, id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_decision_known ON meeting_decision (series_id, recorded_at);
