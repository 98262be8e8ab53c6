-- Uploaded files by their content: one row and one file on disk a hash, however many records hold it.
CREATE TABLE stored_file (
  hash $TEXT PRIMARY KEY,
  size $INT NOT NULL,
  crc32 $INT NOT NULL,
  type $TEXT NOT NULL,
  created_at $INSTANT NOT NULL,
  seen_at $INSTANT NOT NULL,
  width $INT NOT NULL,
  height $INT NOT NULL,
  pages $INT NOT NULL,
  preview $TEXT NOT NULL,
  preview_pages $INT NOT NULL
);
CREATE INDEX stored_file_seen ON stored_file (seen_at, hash);
