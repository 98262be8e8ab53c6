-- How an item left control: with its outcome against the first baseline, without which it cannot be released.
CREATE TABLE tracking_release (
  item_id $ID PRIMARY KEY,
  reason $TEXT NOT NULL,
  evidence $TEXT NOT NULL,
  approved_at $INSTANT NOT NULL,
  approved_by $INT NOT NULL,
  planned_first $DATE NOT NULL,
  planned_current $DATE NOT NULL,
  finished_on $DATE NOT NULL,
  days_first $INT NOT NULL,
  days_current $INT NOT NULL,
  baselines $INT NOT NULL,
  granted_days $INT NOT NULL,
  actual $INT,
  late_filings $INT NOT NULL,
  severe_periods $INT NOT NULL
);

-- What an agency asks of the controller: other data, another schedule, an end without completion.
CREATE TABLE tracking_request (
  id $ID PRIMARY KEY,
  item_id $INT NOT NULL,
  kind $TEXT NOT NULL,
  state $TEXT NOT NULL,
  reason $TEXT NOT NULL,
  proposal $TEXT NOT NULL,
  late $INT NOT NULL,
  asked_at $INSTANT NOT NULL,
  asked_by $INT NOT NULL,
  decided_at $INSTANT,
  decided_by $INT,
  comment $TEXT NOT NULL,
  approval_number $TEXT NOT NULL,
  granted_days $INT NOT NULL
);
CREATE INDEX tracking_request_item ON tracking_request (item_id, asked_at);
CREATE UNIQUE INDEX tracking_request_pending ON tracking_request (item_id, kind) WHERE state = 'asked';
CREATE INDEX tracking_request_state ON tracking_request (state, asked_at);

CREATE TABLE tracking_warning (
  row_id $ID PRIMARY KEY,
  item_id $INT NOT NULL,
  period_on $DATE NOT NULL,
  rule $TEXT NOT NULL,
  measure $TEXT NOT NULL,
  detail $INT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  superseded_at $INSTANT
);
CREATE INDEX tracking_warning_item ON tracking_warning (item_id, superseded_at, period_on);
CREATE INDEX tracking_warning_period ON tracking_warning (period_on, rule, item_id) WHERE superseded_at IS NULL;
