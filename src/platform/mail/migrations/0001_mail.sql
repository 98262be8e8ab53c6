CREATE TABLE mail (
  id $ID PRIMARY KEY,
  kind $TEXT NOT NULL,
  account_id $INT NOT NULL,
  recipient $TEXT,
  recipient_key $TEXT,
  language $TEXT NOT NULL,
  content $TEXT NOT NULL,
  notice $INT NOT NULL,
  state $TEXT NOT NULL,
  attempts $INT NOT NULL,
  next_at $INSTANT NOT NULL,
  lease_owner $INT NOT NULL,
  error_key $TEXT NOT NULL,
  error_step $TEXT NOT NULL,
  error_code $INT NOT NULL,
  bounced_at $INSTANT,
  created_at $INSTANT NOT NULL,
  queued_at $INSTANT NOT NULL,
  sent_at $INSTANT,
  record_kind $TEXT NOT NULL,
  record_id $INT NOT NULL
);
CREATE INDEX mail_due ON mail (state, next_at, id);
CREATE INDEX mail_of_state ON mail (state, id);
CREATE INDEX mail_unsent ON mail (id) WHERE state IN ('waiting', 'sending');
CREATE INDEX mail_bounced ON mail (id) WHERE bounced_at IS NOT NULL;
CREATE INDEX mail_failed_for ON mail (error_key, id) WHERE state = 'failed';

CREATE TABLE mail_step (
  mail_id $INT NOT NULL,
  number $INT NOT NULL,
  at $INSTANT NOT NULL,
  what $TEXT NOT NULL,
  error_key $TEXT NOT NULL,
  error_step $TEXT NOT NULL,
  error_code $INT NOT NULL,
  actor_id $INT NOT NULL,
  reason $TEXT NOT NULL,
  PRIMARY KEY (mail_id, number)
);

CREATE TABLE mail_server (
  id $ID PRIMARY KEY,
  down_since $INSTANT,
  down_until $INSTANT,
  failures $INT NOT NULL,
  error_key $TEXT NOT NULL,
  error_step $TEXT NOT NULL,
  error_code $INT NOT NULL,
  last_sent_at $INSTANT,
  bounces_read_at $INSTANT,
  bounces_error $TEXT NOT NULL,
  bounces_next_at $INSTANT NOT NULL
);
INSERT INTO mail_server (id, failures, error_key, error_step, error_code, bounces_error, bounces_next_at) VALUES (1, 0, '', 'none', 0, '', 0);

CREATE TABLE mail_doubt (
  address_key $TEXT PRIMARY KEY,
  at $INSTANT NOT NULL,
  code $INT NOT NULL
);

CREATE TABLE mail_stop (
  account_id $ID PRIMARY KEY,
  at $INSTANT NOT NULL
);
