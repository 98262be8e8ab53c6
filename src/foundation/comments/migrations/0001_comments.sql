-- What people say about a record. A changed text keeps the former ones; a withdrawn comment keeps who and when.
CREATE TABLE comment (
  id $ID PRIMARY KEY,
  record_kind $TEXT NOT NULL,
  record_id $INT NOT NULL,
  at $INSTANT NOT NULL,
  account_id $INT NOT NULL,
  text $TEXT NOT NULL,
  mentions $TEXT NOT NULL,
  changed_at $INSTANT,
  withdrawn_at $INSTANT,
  revision $INT NOT NULL
);
CREATE INDEX comment_record ON comment (record_kind, record_id, id);

CREATE TABLE comment_version (
  comment_id $INT NOT NULL REFERENCES comment (id),
  revision $INT NOT NULL,
  text $TEXT NOT NULL,
  until $INSTANT NOT NULL,
  PRIMARY KEY (comment_id, revision)
);
