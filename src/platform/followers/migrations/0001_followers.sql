-- How far each follower of the event log has come, and the events that one of them could not take.
CREATE TABLE follower (
  name $TEXT PRIMARY KEY,
  position $INT NOT NULL
);

CREATE TABLE follower_fault (
  id $ID PRIMARY KEY,
  name $TEXT NOT NULL,
  position $INT NOT NULL,
  reason $TEXT NOT NULL,
  at $INSTANT NOT NULL
);
CREATE INDEX follower_fault_at ON follower_fault (at, id);
