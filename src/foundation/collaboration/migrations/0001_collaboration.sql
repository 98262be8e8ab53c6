-- What people do on a record together: links between records, a checklist, and who has it open. What is taken back keeps who and when.
CREATE TABLE record_link (
  id $ID PRIMARY KEY,
  relation $TEXT NOT NULL,
  from_kind $TEXT NOT NULL,
  from_id $INT NOT NULL,
  to_kind $TEXT NOT NULL,
  to_id $INT NOT NULL,
  added_at $INSTANT NOT NULL,
  added_by $INT NOT NULL,
  removed_at $INSTANT,
  removed_by $INT
);
CREATE UNIQUE INDEX record_link_once ON record_link (from_kind, from_id, relation, to_kind, to_id) WHERE removed_at IS NULL;
CREATE INDEX record_link_to ON record_link (to_kind, to_id, relation, from_kind, from_id) WHERE removed_at IS NULL;

CREATE TABLE checklist_item (
  id $ID PRIMARY KEY,
  record_kind $TEXT NOT NULL,
  record_id $INT NOT NULL,
  text $TEXT NOT NULL,
  place $INT NOT NULL,
  added_at $INSTANT NOT NULL,
  added_by $INT NOT NULL,
  done_at $INSTANT,
  done_by $INT,
  removed_at $INSTANT,
  removed_by $INT
);
CREATE INDEX checklist_item_record ON checklist_item (record_kind, record_id, place, id) WHERE removed_at IS NULL;

CREATE TABLE presence (
  record_kind $TEXT NOT NULL,
  record_id $INT NOT NULL,
  account_id $INT NOT NULL,
  seen_at $INSTANT NOT NULL,
  PRIMARY KEY (record_kind, record_id, account_id)
);
CREATE INDEX presence_seen ON presence (seen_at);
