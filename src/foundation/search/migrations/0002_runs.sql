-- The index as runs of pages, the same on both engines (see foundation/search/runs.hpp); it is made anew from the entries.
$SQLITE DROP TABLE search_index;
$POSTGRES DROP INDEX search_index;
$POSTGRES DROP FUNCTION search_tokens(text, bigint, text, bigint, bigint, bigint, text, text, text, text, text);
$POSTGRES ALTER TABLE search_entry DROP COLUMN folded;
-- A city that is new has nothing to make anew.
UPDATE search_state SET value = 2 WHERE name = 'fold_version' AND NOT EXISTS (SELECT 1 FROM search_entry);

CREATE TABLE search_run (
  id $ID PRIMARY KEY,
  block $INT NOT NULL,
  level $INT NOT NULL,
  bytes $INT NOT NULL
);
$POSTGRES CREATE SEQUENCE search_run_id;
$POSTGRES ALTER TABLE search_run ALTER COLUMN id SET DEFAULT nextval('search_run_id');
CREATE INDEX search_run_block ON search_run (block, id);

CREATE TABLE search_page (
  run $INT NOT NULL,
  first $TEXT NOT NULL,
  data $TEXT NOT NULL
);
CREATE UNIQUE INDEX search_page_first ON search_page (run, first);
-- What was merged is free soon.
$POSTGRES ALTER TABLE search_page SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.2);
