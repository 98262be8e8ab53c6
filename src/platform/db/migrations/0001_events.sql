-- The event log, the idempotency memory and number series: what every module's writes share.
CREATE TABLE event (
  id $ID PRIMARY KEY,
  position $INT,
  at $INSTANT NOT NULL,
  actor_id $INT NOT NULL,
  kind $TEXT NOT NULL,
  record_kind $TEXT NOT NULL,
  record_id $INT NOT NULL,
  data $TEXT NOT NULL,
  salt $TEXT NOT NULL,
  commitments $TEXT NOT NULL
);
CREATE UNIQUE INDEX event_position ON event (position);
CREATE INDEX event_record ON event (record_kind, record_id, id);
CREATE INDEX event_actor ON event (actor_id, id);

CREATE TABLE idempotency (
  key_hash $TEXT PRIMARY KEY,
  body_hash $TEXT NOT NULL,
  status $INT NOT NULL,
  content_type $TEXT NOT NULL,
  body $TEXT NOT NULL,
  at $INSTANT NOT NULL
);
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE number_series (
  series $TEXT PRIMARY KEY,
  last $INT NOT NULL
);
