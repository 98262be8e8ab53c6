-- A post passes from one person to another: the list of its work that both sign. The work itself stays on the post.
CREATE TABLE handover (
  id $ID PRIMARY KEY,
  post_id $INT NOT NULL,
  agency_id $INT NOT NULL,
  from_person $INT NOT NULL,
  to_person $INT NOT NULL,
  changes_on $DATE NOT NULL,
  made_at $INSTANT NOT NULL,
  made_by $INT NOT NULL,
  note $TEXT NOT NULL,
  frozen_at $INSTANT
);
CREATE INDEX handover_post ON handover (post_id, changes_on);
CREATE INDEX handover_agency ON handover (agency_id, id);
CREATE INDEX handover_from ON handover (from_person, id);
CREATE INDEX handover_to ON handover (to_person, id);

-- A duty of the list. Until the first signature these are only the notes on what is open; with it, everything that is open then is written down.
CREATE TABLE handover_item (
  handover_id $INT NOT NULL REFERENCES handover (id),
  duty_id $INT NOT NULL,
  note $TEXT NOT NULL,
  PRIMARY KEY (handover_id, duty_id)
);

CREATE TABLE handover_signature (
  id $ID PRIMARY KEY,
  handover_id $INT NOT NULL REFERENCES handover (id),
  part $TEXT NOT NULL,
  account_id $INT NOT NULL,
  at $INSTANT NOT NULL
);
CREATE UNIQUE INDEX handover_signature_part ON handover_signature (handover_id, part);
