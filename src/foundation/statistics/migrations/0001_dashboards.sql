-- Pages of statistics that somebody put together; one a person stands on the home page. shared_agency_id: -1 for oneself alone, 0 for the whole city, else
-- for that agency. A tile keeps its question as the query of an address: it is words, and whoever opens it sees what the own rights show.
CREATE TABLE dashboard (
  id $ID PRIMARY KEY,
  account_id $INT NOT NULL,
  shared_agency_id $INT NOT NULL,
  name $TEXT NOT NULL,
  at_home $INT NOT NULL,
  revision $INT NOT NULL,
  changed_at $INSTANT NOT NULL,
  removed_at $INSTANT
);
CREATE UNIQUE INDEX dashboard_name ON dashboard (account_id, name) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX dashboard_at_home ON dashboard (account_id) WHERE at_home = 1 AND removed_at IS NULL;
CREATE INDEX dashboard_shared ON dashboard (shared_agency_id, name) WHERE removed_at IS NULL;

CREATE TABLE dashboard_tile (
  dashboard_id $INT NOT NULL REFERENCES dashboard (id),
  place $INT NOT NULL,
  title $TEXT NOT NULL,
  query $TEXT NOT NULL,
  show $TEXT NOT NULL,
  PRIMARY KEY (dashboard_id, place)
);
