-- The ladder of chasing as dated rows: a ladder is for an origin, a severity and a confidentiality ('' for any), from a day on. It is never changed:
-- one set again for the same day supersedes the old one.
CREATE TABLE ladder (
  id $ID PRIMARY KEY,
  origin $TEXT NOT NULL,
  severity $TEXT NOT NULL,
  confidentiality $TEXT NOT NULL,
  valid_from $DATE NOT NULL,
  source $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX ladder_current ON ladder (origin, severity, confidentiality, valid_from) WHERE superseded_at IS NULL;

CREATE TABLE ladder_rung (
  ladder_id $INT NOT NULL REFERENCES ladder (id),
  position $INT NOT NULL,
  offset_days $INT NOT NULL,
  day_kind $TEXT NOT NULL,
  audience $TEXT NOT NULL,
  repeat_days $INT NOT NULL,
  PRIMARY KEY (ladder_id, position)
);

-- One chase of one duty: by a rung of the ladder, or by a person. Agency, unit, origin and confidentiality are those of the duty on that day. The rung's
-- key is unique for a duty and a due date: no rung runs twice, whatever crashes.
CREATE TABLE chase (
  id $ID PRIMARY KEY,
  duty_id $INT NOT NULL,
  due_on $DATE NOT NULL,
  rung_key $TEXT NOT NULL,
  rung_on $DATE NOT NULL,
  offset_days $INT NOT NULL,
  day_kind $TEXT NOT NULL,
  audience $TEXT NOT NULL,
  channel $TEXT NOT NULL,
  batch_id $INT NOT NULL,
  chased_at $INSTANT NOT NULL,
  chased_on $DATE NOT NULL,
  chased_by $INT NOT NULL,
  agency_id $INT NOT NULL,
  unit_id $INT NOT NULL,
  origin $TEXT NOT NULL,
  confidentiality $TEXT NOT NULL,
  told_count $INT NOT NULL,
  note $TEXT NOT NULL,
  answered_at $INSTANT,
  answered_by $INT,
  answer_kind $TEXT,
  answer $TEXT,
  answer_days $INT
);
CREATE UNIQUE INDEX chase_once ON chase (duty_id, due_on, rung_key);
CREATE INDEX chase_waiting ON chase (duty_id, chased_at) WHERE answered_at IS NULL;
CREATE INDEX chase_of_duty ON chase (duty_id, chased_at);
CREATE INDEX chase_effect ON chase (chased_on, agency_id, offset_days, day_kind, audience, channel, answer_kind, answer_days, unit_id, origin, confidentiality);
CREATE INDEX chase_batch_rows ON chase (batch_id, agency_id, id) WHERE batch_id <> 0;

-- How a duty's chasing stands, kept with each chase and answer.
CREATE TABLE chase_standing (
  duty_id $ID PRIMARY KEY,
  chase_count $INT NOT NULL,
  waiting_count $INT NOT NULL,
  last_channel $TEXT NOT NULL,
  last_on $DATE NOT NULL
);

-- Chases that one person made together.
CREATE TABLE chase_batch (
  id $ID PRIMARY KEY,
  number $TEXT NOT NULL,
  channel $TEXT NOT NULL,
  made_at $INSTANT NOT NULL,
  made_by $INT NOT NULL,
  note $TEXT NOT NULL,
  reply_by $DATE,
  chase_count $INT NOT NULL
);
CREATE INDEX chase_batch_made ON chase_batch (made_at, id);
$SEQUENCE chase_number;
