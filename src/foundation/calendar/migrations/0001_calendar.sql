-- The office calendar. A day is never overwritten: its old row is superseded, so that the calendar as known on any instant can be read again.
CREATE TABLE calendar_state (
  id $ID PRIMARY KEY,
  version $INT NOT NULL,
  stamp $INT NOT NULL,
  recorded_at $INSTANT NOT NULL
);
INSERT INTO calendar_state (id, version, stamp, recorded_at) VALUES (1, 0, 0, 0);

CREATE TABLE calendar_version (
  version $ID PRIMARY KEY,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  year $INT NOT NULL,
  source $TEXT NOT NULL,
  file_name $TEXT NOT NULL,
  note $TEXT NOT NULL,
  changed_count $INT NOT NULL
);
CREATE INDEX calendar_version_year ON calendar_version (year, version);

CREATE TABLE calendar_day (
  id $ID PRIMARY KEY,
  day_on $DATE NOT NULL,
  kind $TEXT NOT NULL,
  open_morning $INT NOT NULL,
  open_afternoon $INT NOT NULL,
  note $TEXT NOT NULL,
  version $INT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX calendar_day_current ON calendar_day (day_on) WHERE superseded_at IS NULL;
CREATE INDEX calendar_day_known ON calendar_day (recorded_at, superseded_at);
