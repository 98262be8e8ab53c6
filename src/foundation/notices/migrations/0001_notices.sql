-- What people are told. Each account counts its own notices from 1: the number is the Last-Event-ID of its stream.
CREATE TABLE notice (
  account_id $INT NOT NULL,
  seq $INT NOT NULL,
  at $INSTANT NOT NULL,
  kind $TEXT NOT NULL,
  category $TEXT NOT NULL,
  record_kind $TEXT NOT NULL,
  record_id $INT NOT NULL,
  actor_id $INT NOT NULL,
  data $TEXT NOT NULL,
  for_account_id $INT NOT NULL,
  read_at $INSTANT,
  PRIMARY KEY (account_id, seq)
);
CREATE INDEX notice_unread ON notice (account_id, seq) WHERE read_at IS NULL;
CREATE INDEX notice_record ON notice (record_kind, record_id, account_id);
CREATE INDEX notice_at ON notice (at);

-- One row an account, written with its notices: unread counts and what the streams have to fetch.
CREATE TABLE notice_counter (
  account_id $ID PRIMARY KEY,
  last_seq $INT NOT NULL,
  unread $INT NOT NULL,
  changed_at $INSTANT NOT NULL
);
CREATE INDEX notice_counter_changed ON notice_counter (changed_at);

-- Notices that wait for a mail, and when the mail of an account goes out. Both rows go in the transaction that queues the mail.
CREATE TABLE notice_mail (
  account_id $INT NOT NULL,
  mode $TEXT NOT NULL,
  seq $INT NOT NULL,
  PRIMARY KEY (account_id, mode, seq)
);
CREATE TABLE notice_mail_due (
  account_id $INT NOT NULL,
  mode $TEXT NOT NULL,
  due_at $INSTANT NOT NULL,
  PRIMARY KEY (account_id, mode)
);
CREATE INDEX notice_mail_due_at ON notice_mail_due (due_at, account_id, mode);

-- Who has chosen otherwise than the default. Times of day in minutes, weekdays 1 (Monday) to 7.
CREATE TABLE notice_preference (
  account_id $ID PRIMARY KEY,
  chase $TEXT NOT NULL,
  task $TEXT NOT NULL,
  mention $TEXT NOT NULL,
  change $TEXT NOT NULL,
  quiet_from $INT NOT NULL,
  quiet_to $INT NOT NULL,
  office_days $INT NOT NULL,
  digest_at $INT NOT NULL,
  weekly_on $INT NOT NULL,
  changed_at $INSTANT NOT NULL
);

-- Who follows a record, or wants to hear nothing of it although it is theirs.
CREATE TABLE watch (
  record_kind $TEXT NOT NULL,
  record_id $INT NOT NULL,
  account_id $INT NOT NULL,
  state $TEXT NOT NULL,
  at $INSTANT NOT NULL,
  PRIMARY KEY (record_kind, record_id, account_id)
);
CREATE INDEX watch_account ON watch (account_id, state, at, record_kind, record_id);
