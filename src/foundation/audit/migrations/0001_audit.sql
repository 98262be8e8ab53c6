-- Checkpoints over the event log, and personal values that lie apart from it under a key per person.
CREATE TABLE audit_checkpoint (
  size $INT PRIMARY KEY,
  root $TEXT NOT NULL,
  at $INSTANT NOT NULL,
  key_id $TEXT NOT NULL,
  signature $TEXT NOT NULL,
  peaks $TEXT NOT NULL
);

CREATE TABLE person_key (
  person_id $ID PRIMARY KEY,
  wrapped_key $TEXT NOT NULL,
  created_at $INSTANT NOT NULL
);

-- What is left of an erased key: who was erased and when, and nothing else.
CREATE TABLE person_erasure (
  person_id $ID PRIMARY KEY,
  erased_at $INSTANT NOT NULL,
  erased_by $INT NOT NULL,
  reason $TEXT NOT NULL
);

CREATE TABLE personal_value (
  event_id $INT NOT NULL,
  field $TEXT NOT NULL,
  person_id $INT NOT NULL,
  sealed $TEXT NOT NULL,
  PRIMARY KEY (event_id, field)
);
CREATE INDEX personal_value_person ON personal_value (person_id);

CREATE TABLE audit_verification (
  at $INSTANT PRIMARY KEY,
  size $INT NOT NULL,
  good $INT NOT NULL,
  report $TEXT NOT NULL
);
