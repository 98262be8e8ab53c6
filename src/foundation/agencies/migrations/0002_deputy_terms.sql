-- Why somebody stands in, as a code (a sentence could tell of an illness), and whether confidential duties go along.
ALTER TABLE agency_deputy ADD COLUMN reason $TEXT;
ALTER TABLE agency_deputy ADD COLUMN confidential $INT;
CREATE INDEX agency_deputy_of ON agency_deputy (deputy_id) WHERE superseded_at IS NULL;
