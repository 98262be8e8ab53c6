-- Most questions about the past are about days not long ago: what has ended since is few, what had begun by then nearly all.
DROP INDEX duty_version_known;
CREATE INDEX duty_version_known ON duty_version (superseded_at, recorded_at);
