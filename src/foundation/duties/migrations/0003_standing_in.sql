-- For whom somebody acted as a deputy; none: in their own right.
ALTER TABLE duty_evidence ADD COLUMN for_account $INT;
ALTER TABLE duty_extension ADD COLUMN asked_for $INT;
ALTER TABLE duty_extension ADD COLUMN decided_for $INT;
