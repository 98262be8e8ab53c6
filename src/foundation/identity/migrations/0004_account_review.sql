-- Rounds of going through accounts: what was found when a round began, and what was decided of each. One round is open at a time.
CREATE TABLE account_review (
  id $ID PRIMARY KEY,
  started_at $INSTANT NOT NULL,
  started_by $INT NOT NULL,
  closed_at $INSTANT,
  closed_by $INT,
  note $TEXT NOT NULL,
  is_open $INT
);
CREATE UNIQUE INDEX account_review_open ON account_review (is_open) WHERE is_open = 1;

CREATE TABLE account_review_item (
  review_id $INT NOT NULL REFERENCES account_review (id),
  account_id $INT NOT NULL REFERENCES account (id),
  reasons $TEXT NOT NULL,
  decision $TEXT,
  detail $TEXT NOT NULL,
  keep_until $DATE,
  note $TEXT NOT NULL,
  decided_at $INSTANT,
  decided_by $INT,
  PRIMARY KEY (review_id, account_id)
);
CREATE INDEX account_review_item_account ON account_review_item (account_id, decided_at);
