CREATE TABLE saved_view (
  id $ID PRIMARY KEY,
  account_id $INT NOT NULL,
  shared_agency_id $INT NOT NULL,
  page $TEXT NOT NULL,
  name $TEXT NOT NULL,
  query $TEXT NOT NULL,
  changed_at $INSTANT NOT NULL,
  removed_at $INSTANT
);
CREATE UNIQUE INDEX saved_view_name ON saved_view (account_id, page, name) WHERE removed_at IS NULL;
CREATE INDEX saved_view_shared ON saved_view (shared_agency_id, page, name) WHERE removed_at IS NULL;
