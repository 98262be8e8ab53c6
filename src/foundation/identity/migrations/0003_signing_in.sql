-- Passwords: when its owner set the present one, and the hashes of those before it, so that none of the last ones comes back.
ALTER TABLE account ADD COLUMN password_set_at $INSTANT;
CREATE TABLE password_before (
  id $ID PRIMARY KEY,
  account_id $INT NOT NULL REFERENCES account (id),
  password_hash $TEXT NOT NULL,
  replaced_at $INSTANT NOT NULL
);
CREATE INDEX password_before_account ON password_before (account_id, replaced_at);

-- Links by which somebody without a session sets a password: an invitation, or a reset. Known by the hash of what stands in them, good once.
CREATE TABLE account_link (
  id $ID PRIMARY KEY,
  account_id $INT NOT NULL REFERENCES account (id),
  kind $TEXT NOT NULL,
  token_hash $TEXT NOT NULL,
  made_at $INSTANT NOT NULL,
  made_by $INT NOT NULL,
  expires_at $INSTANT NOT NULL,
  used_at $INSTANT,
  withdrawn_at $INSTANT
);
CREATE UNIQUE INDEX account_link_token ON account_link (token_hash);
CREATE INDEX account_link_account ON account_link (account_id, made_at);

-- Who asked for a new password at the door; account_id 0 for a name that nobody has, so that known and unknown names cost the same.
CREATE TABLE reset_request (
  id $ID PRIMARY KEY,
  account_id $INT NOT NULL,
  asked_at $INSTANT NOT NULL,
  tried_at $INSTANT,
  answered_at $INSTANT
);
CREATE INDEX reset_request_account ON reset_request (account_id, answered_at, asked_at);
CREATE INDEX reset_request_waiting ON reset_request (asked_at) WHERE tried_at IS NULL;

-- The second step: an authenticator application that shares a secret with us (sealed), and codes for the day it is lost (hashed).
CREATE TABLE authenticator (
  id $ID PRIMARY KEY,
  account_id $INT NOT NULL REFERENCES account (id),
  sealed_secret $TEXT NOT NULL,
  made_at $INSTANT NOT NULL,
  confirmed_at $INSTANT,
  last_step $INT NOT NULL,
  removed_at $INSTANT
);
CREATE INDEX authenticator_account ON authenticator (account_id, removed_at);
CREATE UNIQUE INDEX authenticator_in_use ON authenticator (account_id) WHERE confirmed_at IS NOT NULL AND removed_at IS NULL;
CREATE TABLE recovery_code (
  id $ID PRIMARY KEY,
  authenticator_id $INT NOT NULL REFERENCES authenticator (id),
  code_hash $TEXT NOT NULL,
  used_at $INSTANT
);
CREATE UNIQUE INDEX recovery_code_of ON recovery_code (authenticator_id, code_hash);
-- Repeats whether the account has an authenticator in use, so that a request costs one statement; and the day by which it must have one.
ALTER TABLE account ADD COLUMN second_step $INT;
ALTER TABLE account ADD COLUMN second_step_due_on $DATE;

-- What the owner calls a device; and from when on a session does nothing but put its account in order.
ALTER TABLE session ADD COLUMN name $TEXT;
ALTER TABLE session ADD COLUMN password_due_at $INSTANT;
ALTER TABLE session ADD COLUMN second_step_due_at $INSTANT;
