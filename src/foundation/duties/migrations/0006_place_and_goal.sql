-- Where a duty lies ('' for the whole city or no place; else the code of a district) and which goal it serves (0 for none).
ALTER TABLE duty ADD COLUMN district $TEXT NOT NULL DEFAULT '';
ALTER TABLE duty ADD COLUMN goal_id $INT NOT NULL DEFAULT 0;
ALTER TABLE duty_version ADD COLUMN district $TEXT NOT NULL DEFAULT '';
ALTER TABLE duty_version ADD COLUMN goal_id $INT NOT NULL DEFAULT 0;
ALTER TABLE duty_series ADD COLUMN district $TEXT NOT NULL DEFAULT '';
ALTER TABLE duty_series ADD COLUMN goal_id $INT NOT NULL DEFAULT 0;
CREATE INDEX duty_district ON duty (district, state, due_on, id) WHERE district <> '';
CREATE INDEX duty_goal ON duty (goal_id, state, due_on, id) WHERE goal_id <> 0;
