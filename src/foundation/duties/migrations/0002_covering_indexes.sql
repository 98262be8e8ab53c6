-- Counts and statistics read a million duties: with every column that a reader's scope asks of in the index, they read the index alone.
DROP INDEX duty_due;
DROP INDEX duty_agency;
DROP INDEX duty_origin;
CREATE INDEX duty_due ON duty (state, due_on, id, agency_id, unit_id, origin, confidentiality);
CREATE INDEX duty_agency ON duty (agency_id, state, due_on, id, unit_id, origin, confidentiality, done_on);
CREATE INDEX duty_origin ON duty (origin, state, due_on, id, agency_id, unit_id, confidentiality, done_on);
