-- Actions on many duties at once, and what undoing them needs: which revision each duty had before and after.
ALTER TABLE duty_version ADD COLUMN detail $TEXT;
ALTER TABLE duty_evidence ADD COLUMN withdrawn_at $INSTANT;

CREATE TABLE duty_batch (
  id $ID PRIMARY KEY,
  at $INSTANT NOT NULL,
  account_id $INT NOT NULL,
  action $TEXT NOT NULL,
  duty_count $INT NOT NULL,
  undone_at $INSTANT
);
CREATE INDEX duty_batch_account ON duty_batch (account_id, id);

CREATE TABLE duty_batch_item (
  batch_id $INT NOT NULL REFERENCES duty_batch (id),
  duty_id $INT NOT NULL,
  revision_before $INT NOT NULL,
  revision_after $INT NOT NULL,
  PRIMARY KEY (batch_id, duty_id)
);

-- Actions that somebody does again and again, under a name. shared_agency_id: -1 for oneself alone, 0 for the whole city, else for that agency.
CREATE TABLE duty_macro (
  id $ID PRIMARY KEY,
  account_id $INT NOT NULL,
  shared_agency_id $INT NOT NULL,
  name $TEXT NOT NULL,
  action $TEXT NOT NULL,
  changed_at $INSTANT NOT NULL,
  removed_at $INSTANT
);
CREATE UNIQUE INDEX duty_macro_name ON duty_macro (account_id, name) WHERE removed_at IS NULL;
CREATE INDEX duty_macro_shared ON duty_macro (shared_agency_id, name) WHERE removed_at IS NULL;
