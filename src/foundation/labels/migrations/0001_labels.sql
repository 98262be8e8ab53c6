-- Other wordings of labels. A row without a text puts the original back; what it replaces stays as superseded.
CREATE TABLE label_text (
  id $ID PRIMARY KEY,
  label_key $TEXT NOT NULL,
  language $TEXT NOT NULL,
  wording $TEXT,
  recorded_at $INSTANT NOT NULL,
  recorded_by $INT NOT NULL,
  superseded_at $INSTANT
);
CREATE UNIQUE INDEX label_text_current ON label_text (label_key, language) WHERE superseded_at IS NULL;
