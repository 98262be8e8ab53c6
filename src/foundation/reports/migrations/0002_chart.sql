-- The chart of an issued report, where it has one, kept as a file of its own: it goes along with the mail.
ALTER TABLE report_issue ADD COLUMN chart_hash $TEXT NOT NULL DEFAULT '';
CREATE INDEX report_issue_chart ON report_issue (chart_hash);
