-- What can be searched: a row for each record of any kind, written in the transaction of the record's own change. pending: 0 stands in the index as it
-- is; 1 not in the index yet; 2 in the index as `was` says; 3 waits for an index that is being made anew and is not searched until then.
CREATE TABLE search_entry (
  id $ID PRIMARY KEY,
  kind $TEXT NOT NULL,
  record_id $INT NOT NULL,
  number $TEXT NOT NULL,
  title $TEXT NOT NULL,
  body $TEXT NOT NULL,
  agency_id $INT NOT NULL,
  unit_id $INT NOT NULL,
  post_id $INT NOT NULL,
  origin $TEXT NOT NULL,
  state $TEXT NOT NULL,
  confidentiality $TEXT NOT NULL,
  on_date $DATE,
  district $TEXT NOT NULL,
  stamp $INT NOT NULL,
  pending $INT NOT NULL,
  gone $INT NOT NULL,
  was $TEXT
);
CREATE UNIQUE INDEX search_entry_record ON search_entry (kind, record_id);
CREATE INDEX search_entry_pending ON search_entry (pending, id) WHERE pending <> 0;

CREATE TABLE search_state (
  name $TEXT PRIMARY KEY,
  value $INT NOT NULL
);
-- The folding that this index begins with.
INSERT INTO search_state (name, value) VALUES ('fold_version', 1);

$SQLITE CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', columnsize=0, detail=none, tokenize='ascii');

$POSTGRES ALTER TABLE search_entry ADD COLUMN folded TEXT;
$POSTGRES CREATE SEQUENCE search_entry_id;
$POSTGRES ALTER TABLE search_entry ALTER COLUMN id SET DEFAULT nextval('search_entry_id');
-- Pairs of the folded text, characters that nothing follows, and what narrows a search (see foundation/search/tokens.hpp). A single character is asked
-- for as the beginning of pairs. The cost tells the planner that this is dear, so that it asks the index.
$POSTGRES CREATE FUNCTION search_tokens(folded text, id bigint, kind text, agency_id bigint, unit_id bigint, post_id bigint, origin text, state text, confidentiality text, on_date text, district text)
  RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100000 AS
  'SELECT array_to_tsvector(array_cat(
    ARRAY[''B'' || (id / 8192), ''K'' || kind, ''A'' || agency_id, ''U'' || unit_id, ''P'' || post_id, ''O'' || origin, ''S'' || state, ''C'' || confidentiality, ''M'' || coalesce(substr(on_date, 1, 7), ''''), ''D'' || district],
    ARRAY(SELECT CASE WHEN y COLLATE "C" > '' '' THEN x || y ELSE x END FROM unnest(string_to_array(folded, NULL), string_to_array(substr(folded, 2), NULL)) AS pair(x, y) WHERE x COLLATE "C" > '' '')))';
$POSTGRES CREATE INDEX search_index ON search_entry USING gin (search_tokens(folded, id, kind, agency_id, unit_id, post_id, origin, state, confidentiality, on_date, district)) WITH (fastupdate = off) WHERE pending = 0;
