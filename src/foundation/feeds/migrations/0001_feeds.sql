-- Secret links to calendars. The secret itself is kept nowhere, only its hash.
CREATE TABLE feed (
  id $ID PRIMARY KEY,
  account_id $INT NOT NULL,
  kind $TEXT NOT NULL,
  record_id $INT NOT NULL,
  name $TEXT NOT NULL,
  language $TEXT NOT NULL,
  alarm_days $INT,
  token_hash $TEXT NOT NULL,
  created_at $INSTANT NOT NULL,
  last_used_at $INSTANT,
  revoked_at $INSTANT
);
CREATE UNIQUE INDEX feed_token ON feed (token_hash);
CREATE INDEX feed_account ON feed (account_id, revoked_at, id);
