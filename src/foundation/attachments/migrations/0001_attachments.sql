-- Files that records of any kind hold, and uploads on their way. An attachment is never deleted: it is withdrawn, with who, when and why.
CREATE TABLE attachment (
  id $ID PRIMARY KEY,
  record_kind $TEXT NOT NULL,
  record_id $INT NOT NULL,
  file_hash $TEXT NOT NULL REFERENCES stored_file (hash),
  name $TEXT NOT NULL,
  size $INT NOT NULL,
  caption $TEXT NOT NULL,
  place $INT NOT NULL,
  added_at $INSTANT NOT NULL,
  added_by $INT NOT NULL,
  withdrawn_at $INSTANT,
  withdrawn_by $INT,
  withdrawn_why $TEXT NOT NULL
);
CREATE INDEX attachment_record ON attachment (record_kind, record_id, place, id);
CREATE INDEX attachment_file ON attachment (file_hash);

CREATE TABLE attachment_upload (
  id $ID PRIMARY KEY,
  record_kind $TEXT NOT NULL,
  record_id $INT NOT NULL,
  account_id $INT NOT NULL,
  name $TEXT NOT NULL,
  size $INT NOT NULL,
  head $TEXT NOT NULL,
  begun_at $INSTANT NOT NULL,
  expires_at $INSTANT NOT NULL,
  attachment_id $INT NOT NULL
);
CREATE INDEX attachment_upload_account ON attachment_upload (account_id, attachment_id, record_kind, record_id);
CREATE INDEX attachment_upload_expiry ON attachment_upload (expires_at, id);
