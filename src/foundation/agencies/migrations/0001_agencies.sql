-- The organisation: who is an agency, unit or post from when to when (valid_*), and when that was recorded and superseded (recorded_at, superseded_at).
CREATE TABLE agency_state (
  id $ID PRIMARY KEY,
  stamp $INT NOT NULL,
  recorded_at $INSTANT NOT NULL
);
INSERT INTO agency_state (id, stamp, recorded_at) VALUES (1, 0, 0);

CREATE TABLE agency (
  id $ID PRIMARY KEY,
  code $TEXT NOT NULL UNIQUE
);

CREATE TABLE agency_period (
  id $ID PRIMARY KEY,
  agency_id $INT NOT NULL REFERENCES agency (id),
  name $TEXT NOT NULL,
  short_name $TEXT NOT NULL,
  aliases $TEXT NOT NULL,
  kind $TEXT NOT NULL,
  parent_id $INT NOT NULL,
  self_governing $INT NOT NULL,
  valid_from $DATE NOT NULL,
  valid_to $DATE,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX agency_period_current ON agency_period (agency_id, valid_from) WHERE superseded_at IS NULL;

CREATE TABLE agency_unit (
  id $ID PRIMARY KEY,
  unit_id $INT NOT NULL,
  agency_id $INT NOT NULL REFERENCES agency (id),
  name $TEXT NOT NULL,
  valid_from $DATE NOT NULL,
  valid_to $DATE,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX agency_unit_current ON agency_unit (unit_id, valid_from) WHERE superseded_at IS NULL;

CREATE TABLE agency_post (
  id $ID PRIMARY KEY,
  post_id $INT NOT NULL,
  agency_id $INT NOT NULL REFERENCES agency (id),
  unit_id $INT NOT NULL,
  name $TEXT NOT NULL,
  kind $TEXT NOT NULL,
  valid_from $DATE NOT NULL,
  valid_to $DATE,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX agency_post_current ON agency_post (post_id, valid_from) WHERE superseded_at IS NULL;

-- Personal data: names and telephones stand here and in agency_contact, and nowhere else.
CREATE TABLE agency_person (
  id $ID PRIMARY KEY,
  name $TEXT NOT NULL,
  account_id $INT,
  recorded_at $INSTANT NOT NULL
);
CREATE UNIQUE INDEX agency_person_account ON agency_person (account_id);

CREATE TABLE agency_contact (
  id $ID PRIMARY KEY,
  agency_id $INT NOT NULL REFERENCES agency (id),
  kind $TEXT NOT NULL,
  name $TEXT NOT NULL,
  phone $TEXT NOT NULL,
  email $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX agency_contact_current ON agency_contact (agency_id, kind) WHERE superseded_at IS NULL;

CREATE TABLE agency_holder (
  id $ID PRIMARY KEY,
  post_id $INT NOT NULL,
  person_id $INT NOT NULL REFERENCES agency_person (id),
  valid_from $DATE NOT NULL,
  valid_to $DATE,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX agency_holder_current ON agency_holder (post_id, valid_from) WHERE superseded_at IS NULL;

CREATE TABLE agency_deputy (
  id $ID PRIMARY KEY,
  person_id $INT NOT NULL REFERENCES agency_person (id),
  deputy_id $INT NOT NULL REFERENCES agency_person (id),
  valid_from $DATE NOT NULL,
  valid_to $DATE,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX agency_deputy_current ON agency_deputy (person_id, valid_from) WHERE superseded_at IS NULL;
