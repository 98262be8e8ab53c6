-- Reports that were issued: the file by its hash, what was asked, under which scope and state of knowledge, and a digest of the figures. Never changed.
CREATE TABLE report_issue (
  id $ID PRIMARY KEY,
  report $TEXT NOT NULL,
  parameters $TEXT NOT NULL,
  format $TEXT NOT NULL,
  language $TEXT NOT NULL,
  as_of $DATE NOT NULL,
  known_at $INSTANT NOT NULL,
  scope $TEXT NOT NULL,
  title $TEXT NOT NULL,
  file_name $TEXT NOT NULL,
  hash $TEXT NOT NULL,
  size $INT NOT NULL,
  figures $TEXT NOT NULL,
  row_count $INT NOT NULL,
  issued_at $INSTANT NOT NULL,
  issued_by $INT NOT NULL,
  schedule_id $INT NOT NULL
);
CREATE INDEX report_issue_hash ON report_issue (hash);
CREATE INDEX report_issue_report ON report_issue (report, id);

-- Reports that go out by themselves. Each reader gets what they may see themselves: a run is of a schedule, a reader and a period, and happens once.
CREATE TABLE report_schedule (
  id $ID PRIMARY KEY,
  owner_id $INT NOT NULL,
  report $TEXT NOT NULL,
  parameters $TEXT NOT NULL,
  format $TEXT NOT NULL,
  rhythm $TEXT NOT NULL,
  day $INT NOT NULL,
  about $TEXT NOT NULL,
  state $TEXT NOT NULL,
  reason $TEXT NOT NULL,
  next_on $DATE NOT NULL,
  created_at $INSTANT NOT NULL,
  revision $INT NOT NULL
);
CREATE INDEX report_schedule_due ON report_schedule (state, next_on, id);
CREATE INDEX report_schedule_owner ON report_schedule (owner_id, id);

CREATE TABLE report_reader (
  schedule_id $INT NOT NULL REFERENCES report_schedule (id),
  account_id $INT NOT NULL,
  PRIMARY KEY (schedule_id, account_id)
);

CREATE TABLE report_run (
  schedule_id $INT NOT NULL REFERENCES report_schedule (id),
  period $DATE NOT NULL,
  account_id $INT NOT NULL,
  at $INSTANT NOT NULL,
  outcome $TEXT NOT NULL,
  issue_id $INT NOT NULL,
  PRIMARY KEY (schedule_id, period, account_id)
);
