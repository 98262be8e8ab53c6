-- Files that were brought in: what was in them, what became of each row, and what they made.
CREATE TABLE import_run (
  id $ID PRIMARY KEY,
  kind $TEXT NOT NULL,
  file_name $TEXT NOT NULL,
  content_hash $TEXT NOT NULL,
  size $INT NOT NULL,
  format $TEXT NOT NULL,
  encoding $TEXT NOT NULL,
  sheet $TEXT NOT NULL,
  header_row $INT NOT NULL,
  columns $TEXT NOT NULL,
  mapping $TEXT NOT NULL,
  skip_bad $INT NOT NULL,
  state $TEXT NOT NULL,
  account_id $INT NOT NULL,
  created_at $INSTANT NOT NULL,
  changed_at $INSTANT NOT NULL,
  rows_total $INT NOT NULL,
  rows_read $INT NOT NULL,
  unchanged_count $INT NOT NULL,
  mended_count $INT NOT NULL,
  duplicate_count $INT NOT NULL,
  refused_count $INT NOT NULL,
  created_count $INT NOT NULL,
  changed_count $INT NOT NULL,
  same_count $INT NOT NULL,
  kept_count $INT NOT NULL,
  next_row $INT NOT NULL,
  cancel_asked $INT NOT NULL,
  failure $TEXT NOT NULL
);
CREATE INDEX import_run_account ON import_run (account_id, id);

-- What was said of a row: why it is refused, what was mended, which row it repeats.
CREATE TABLE import_remark (
  run_id $INT NOT NULL,
  place $INT NOT NULL,
  row_number $INT NOT NULL,
  what $TEXT NOT NULL,
  column_name $TEXT NOT NULL,
  message_key $TEXT NOT NULL,
  args $TEXT NOT NULL,
  PRIMARY KEY (run_id, place)
);
CREATE INDEX import_remark_what ON import_remark (run_id, what, place);

CREATE TABLE import_record (
  run_id $INT NOT NULL,
  row_number $INT NOT NULL,
  record_id $INT NOT NULL,
  did $TEXT NOT NULL,
  revision_before $INT NOT NULL,
  revision_after $INT NOT NULL,
  record_key $TEXT NOT NULL,
  hash_before $TEXT NOT NULL,
  PRIMARY KEY (run_id, row_number)
);

-- Which record a row of any file became, so that the same file twice changes nothing.
CREATE TABLE import_key (
  kind $TEXT NOT NULL,
  record_key $TEXT NOT NULL,
  record_id $INT NOT NULL,
  content_hash $TEXT NOT NULL,
  run_id $INT NOT NULL,
  PRIMARY KEY (kind, record_key)
);

-- How somebody matched the columns of such a file the last time.
CREATE TABLE import_mapping (
  kind $TEXT NOT NULL,
  header_hash $TEXT NOT NULL,
  mapping $TEXT NOT NULL,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  PRIMARY KEY (kind, header_hash)
);
