-- Yearly plans: their texts as imported, the tree of headings, every sentence with its place, and the obligations found in it. Rows are kept with the
-- time they were recorded and superseded, so that a plan can be shown as known on a past day.
CREATE TABLE plan (
  id $ID PRIMARY KEY,
  year_roc $INT NOT NULL,
  agency_name $TEXT NOT NULL,
  agency_id $INT NOT NULL,
  created_at $INSTANT NOT NULL
);
CREATE UNIQUE INDEX plan_year_agency ON plan (year_roc, agency_name);

CREATE TABLE plan_text (
  id $ID PRIMARY KEY,
  plan_id $INT NOT NULL REFERENCES plan (id),
  file_name $TEXT NOT NULL,
  content_hash $TEXT NOT NULL,
  content $TEXT NOT NULL,
  difference $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE INDEX plan_text_plan ON plan_text (plan_id, recorded_at);

CREATE TABLE plan_node (
  row_id $ID PRIMARY KEY,
  id $INT NOT NULL,
  plan_id $INT NOT NULL,
  kind $TEXT NOT NULL,
  parent_id $INT NOT NULL,
  title $TEXT NOT NULL,
  place $INT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  superseded_at $INSTANT
);
CREATE INDEX plan_node_plan ON plan_node (plan_id, superseded_at);
CREATE INDEX plan_node_id ON plan_node (id, superseded_at);

CREATE TABLE plan_sentence (
  row_id $ID PRIMARY KEY,
  id $INT NOT NULL,
  plan_id $INT NOT NULL,
  node_id $INT NOT NULL,
  line $INT NOT NULL,
  part $TEXT NOT NULL,
  text $TEXT NOT NULL,
  columns $TEXT NOT NULL,
  place $INT NOT NULL,
  decision $TEXT NOT NULL,
  decided_by $INT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  superseded_at $INSTANT
);
CREATE INDEX plan_sentence_plan ON plan_sentence (plan_id, superseded_at, place);
CREATE INDEX plan_sentence_id ON plan_sentence (id, superseded_at);
CREATE INDEX plan_sentence_node ON plan_sentence (node_id, superseded_at, place);

CREATE TABLE plan_obligation (
  row_id $ID PRIMARY KEY,
  id $INT NOT NULL,
  plan_id $INT NOT NULL,
  sentence_id $INT NOT NULL,
  what $TEXT NOT NULL,
  every $TEXT,
  months $TEXT NOT NULL,
  day $INT,
  within_count $INT,
  within_unit $TEXT,
  amounts $TEXT NOT NULL,
  responsible $TEXT NOT NULL,
  spans $TEXT NOT NULL,
  state $TEXT NOT NULL,
  agency_id $INT NOT NULL,
  found_by $TEXT NOT NULL,
  reason $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE INDEX plan_obligation_plan ON plan_obligation (plan_id, superseded_at);
CREATE INDEX plan_obligation_sentence ON plan_obligation (sentence_id, superseded_at);
CREATE UNIQUE INDEX plan_obligation_current ON plan_obligation (id) WHERE superseded_at IS NULL;

-- A countable target of an accepted obligation. Values are hundredths, so that 97.5 % is exact.
CREATE TABLE plan_indicator (
  id $ID PRIMARY KEY,
  plan_id $INT NOT NULL,
  obligation_id $INT NOT NULL,
  bound $TEXT NOT NULL,
  target_hundredths $INT NOT NULL,
  unit $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  superseded_at $INSTANT
);
CREATE INDEX plan_indicator_plan ON plan_indicator (plan_id, superseded_at);

CREATE TABLE plan_indicator_value (
  id $ID PRIMARY KEY,
  indicator_id $INT NOT NULL REFERENCES plan_indicator (id),
  value_hundredths $INT NOT NULL,
  note $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX plan_indicator_value_current ON plan_indicator_value (indicator_id) WHERE superseded_at IS NULL;
