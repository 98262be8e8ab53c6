-- Control of long work. An item is its present row, and a change first copies the row it replaces into tracking_item_version; everything else that a
-- report reads is kept as rows with the time they were recorded and superseded, so that any report can be asked as known on a past moment.
CREATE TABLE tracking_item (
  id $ID PRIMARY KEY,
  kind $TEXT NOT NULL,
  number $TEXT NOT NULL,
  title $TEXT NOT NULL,
  agency_id $INT NOT NULL,
  unit_id $INT NOT NULL,
  post_id $INT NOT NULL,
  origin $TEXT NOT NULL,
  district $TEXT NOT NULL,
  tier $TEXT NOT NULL,
  parent_id $INT NOT NULL,
  weight_bp $INT NOT NULL,
  state $TEXT NOT NULL,
  confidentiality $TEXT NOT NULL,
  baseline_number $INT NOT NULL,
  created_at $INSTANT NOT NULL,
  created_by $INT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  revision $INT NOT NULL
);
CREATE UNIQUE INDEX tracking_item_number ON tracking_item (kind, number);
CREATE INDEX tracking_item_state ON tracking_item (kind, state, id);
CREATE INDEX tracking_item_agency ON tracking_item (agency_id, kind, state, id);
CREATE INDEX tracking_item_tier ON tracking_item (kind, tier, state, id);
CREATE INDEX tracking_item_parent ON tracking_item (parent_id) WHERE parent_id <> 0;
$SEQUENCE tracking_number;

CREATE TABLE tracking_item_version (
  item_id $INT NOT NULL,
  kind $TEXT NOT NULL,
  number $TEXT NOT NULL,
  title $TEXT NOT NULL,
  agency_id $INT NOT NULL,
  unit_id $INT NOT NULL,
  post_id $INT NOT NULL,
  origin $TEXT NOT NULL,
  district $TEXT NOT NULL,
  tier $TEXT NOT NULL,
  parent_id $INT NOT NULL,
  weight_bp $INT NOT NULL,
  state $TEXT NOT NULL,
  confidentiality $TEXT NOT NULL,
  baseline_number $INT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  revision $INT NOT NULL,
  superseded_at $INSTANT NOT NULL,
  PRIMARY KEY (item_id, revision)
);
CREATE INDEX tracking_item_version_known ON tracking_item_version (kind, recorded_at, superseded_at);

CREATE TABLE tracking_checkpoint (
  row_id $ID PRIMARY KEY,
  id $INT NOT NULL,
  item_id $INT NOT NULL,
  place $INT NOT NULL,
  name $TEXT NOT NULL,
  weight_bp $INT NOT NULL,
  planned_start $DATE,
  planned_finish $DATE NOT NULL,
  actual_finish $DATE,
  flag $TEXT NOT NULL,
  control_point $INT NOT NULL,
  actual_filed_at $INSTANT,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE INDEX tracking_checkpoint_item ON tracking_checkpoint (item_id, superseded_at, place);

CREATE TABLE tracking_part (
  row_id $ID PRIMARY KEY,
  id $INT NOT NULL,
  item_id $INT NOT NULL,
  agency_id $INT NOT NULL,
  unit_id $INT NOT NULL,
  title $TEXT NOT NULL,
  due_on $DATE,
  state $TEXT NOT NULL,
  report $TEXT NOT NULL,
  answer $TEXT NOT NULL,
  revision $INT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE INDEX tracking_part_item ON tracking_part (item_id, superseded_at, id);
CREATE UNIQUE INDEX tracking_part_current ON tracking_part (id) WHERE superseded_at IS NULL;

-- What is planned while a set-up is being written; it becomes a baseline when it is approved.
CREATE TABLE tracking_draft_curve (
  item_id $INT NOT NULL,
  measure $TEXT NOT NULL,
  first_period $DATE NOT NULL,
  planned $TEXT NOT NULL,
  generated $INT NOT NULL,
  PRIMARY KEY (item_id, measure)
);

-- Baselines are only ever added: no statement of the program changes one.
CREATE TABLE tracking_baseline (
  id $ID PRIMARY KEY,
  item_id $INT NOT NULL,
  number $INT NOT NULL,
  approval_number $TEXT NOT NULL,
  reason $TEXT NOT NULL,
  granted_days $INT NOT NULL,
  starts_on $DATE NOT NULL,
  finishes_on $DATE NOT NULL,
  checkpoints $TEXT NOT NULL,
  approved_at $INSTANT NOT NULL,
  approved_by $INT NOT NULL
);
CREATE UNIQUE INDEX tracking_baseline_item ON tracking_baseline (item_id, number);

CREATE TABLE tracking_baseline_curve (
  baseline_id $INT NOT NULL,
  measure $TEXT NOT NULL,
  first_period $DATE NOT NULL,
  planned $TEXT NOT NULL,
  generated $INT NOT NULL,
  PRIMARY KEY (baseline_id, measure)
);

CREATE TABLE tracking_tier (
  row_id $ID PRIMARY KEY,
  kind $TEXT NOT NULL,
  code $TEXT NOT NULL,
  name_zh $TEXT NOT NULL,
  name_en $TEXT NOT NULL,
  every $TEXT NOT NULL,
  reviewers $TEXT NOT NULL,
  meeting $TEXT NOT NULL,
  valid_from $DATE NOT NULL,
  source $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX tracking_tier_current ON tracking_tier (kind, code, valid_from) WHERE superseded_at IS NULL;

CREATE TABLE tracking_cycle (
  id $ID PRIMARY KEY,
  kind $TEXT NOT NULL,
  tier $TEXT NOT NULL,
  period_on $DATE NOT NULL,
  every $TEXT NOT NULL,
  opens_on $DATE NOT NULL,
  due_on $DATE NOT NULL,
  closes_on $DATE NOT NULL,
  opened_at $INSTANT NOT NULL,
  locked_at $INSTANT,
  locked_by $INT
);
CREATE UNIQUE INDEX tracking_cycle_period ON tracking_cycle (kind, tier, period_on);
CREATE INDEX tracking_cycle_newest ON tracking_cycle (period_on, kind, tier);

-- What is owed: one row an item and period, made when the cycle opens. A period without a filing is missing because of this row.
CREATE TABLE tracking_owed (
  id $ID PRIMARY KEY,
  cycle_id $INT NOT NULL,
  item_id $INT NOT NULL,
  period_on $DATE NOT NULL,
  agency_id $INT NOT NULL,
  created_at $INSTANT NOT NULL
);
CREATE UNIQUE INDEX tracking_owed_item ON tracking_owed (item_id, period_on);
CREATE INDEX tracking_owed_cycle ON tracking_owed (cycle_id, item_id);

CREATE TABLE tracking_filing (
  row_id $ID PRIMARY KEY,
  id $INT NOT NULL,
  item_id $INT NOT NULL,
  period_on $DATE NOT NULL,
  state $TEXT NOT NULL,
  level $INT NOT NULL,
  actuals $TEXT NOT NULL,
  checkpoints $TEXT NOT NULL,
  narrative $TEXT NOT NULL,
  own_rating $TEXT,
  reviewer_rating $TEXT,
  note $TEXT NOT NULL,
  submitted_at $INSTANT,
  submitted_by $INT NOT NULL,
  late_days $INT,
  late_waived $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  revision $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX tracking_filing_current ON tracking_filing (item_id, period_on) WHERE superseded_at IS NULL;
CREATE INDEX tracking_filing_period ON tracking_filing (period_on, state, item_id) WHERE superseded_at IS NULL;
CREATE INDEX tracking_filing_item ON tracking_filing (item_id, period_on, recorded_at);

CREATE TABLE tracking_lag (
  row_id $ID PRIMARY KEY,
  item_id $INT NOT NULL,
  period_on $DATE NOT NULL,
  kind $TEXT NOT NULL,
  category $TEXT NOT NULL,
  responsibility $TEXT NOT NULL,
  cause $TEXT NOT NULL,
  countermeasure $TEXT NOT NULL,
  help $TEXT NOT NULL,
  deadline_on $DATE,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX tracking_lag_current ON tracking_lag (item_id, period_on) WHERE superseded_at IS NULL;
CREATE INDEX tracking_lag_period ON tracking_lag (period_on, item_id) WHERE superseded_at IS NULL;

CREATE TABLE tracking_figure (
  row_id $ID PRIMARY KEY,
  item_id $INT NOT NULL,
  period_on $DATE NOT NULL,
  measure $TEXT NOT NULL,
  planned_first $INT NOT NULL,
  planned_current $INT NOT NULL,
  actual $INT NOT NULL,
  lag_first $INT NOT NULL,
  lag_current $INT NOT NULL,
  months_first $INT NOT NULL,
  months_current $INT NOT NULL,
  graded $INT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX tracking_figure_current ON tracking_figure (item_id, period_on, measure) WHERE superseded_at IS NULL;
CREATE INDEX tracking_figure_period ON tracking_figure (period_on, measure, recorded_at);

CREATE TABLE tracking_grade (
  row_id $ID PRIMARY KEY,
  item_id $INT NOT NULL,
  period_on $DATE NOT NULL,
  agency_id $INT NOT NULL,
  lag_kind $TEXT,
  lag_run $INT NOT NULL,
  computed $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX tracking_grade_current ON tracking_grade (item_id, period_on) WHERE superseded_at IS NULL;
CREATE INDEX tracking_grade_period ON tracking_grade (period_on, recorded_at);

-- The newest figures of each item: what lists sort and filter by.
CREATE TABLE tracking_standing (
  item_id $INT NOT NULL,
  measure $TEXT NOT NULL,
  kind $TEXT NOT NULL,
  period_on $DATE NOT NULL,
  planned_first $INT NOT NULL,
  planned_current $INT NOT NULL,
  actual $INT NOT NULL,
  lag_first $INT NOT NULL,
  lag_current $INT NOT NULL,
  months_first $INT NOT NULL,
  months_current $INT NOT NULL,
  graded $INT NOT NULL,
  lag_kind $TEXT,
  lag_run $INT NOT NULL,
  computed $TEXT NOT NULL,
  PRIMARY KEY (item_id, measure)
);
CREATE INDEX tracking_standing_lag ON tracking_standing (kind, measure, lag_current, item_id);
CREATE INDEX tracking_standing_months ON tracking_standing (kind, measure, months_current, item_id);

-- Who may file although the cycle is closed or locked, why and until when.
CREATE TABLE tracking_exception (
  id $ID PRIMARY KEY,
  kind $TEXT NOT NULL,
  period_on $DATE NOT NULL,
  agency_id $INT NOT NULL,
  item_id $INT NOT NULL,
  reason $TEXT NOT NULL,
  expires_at $INSTANT NOT NULL,
  granted_at $INSTANT NOT NULL,
  granted_by $INT NOT NULL
);
CREATE INDEX tracking_exception_period ON tracking_exception (kind, period_on, expires_at);
