-- A duty is asked for by the number people know.
CREATE INDEX duty_by_number ON duty (number);
