-- Accounts, the roles they hold, their sessions and service tokens.
CREATE TABLE account (
  id $ID PRIMARY KEY,
  login_name $TEXT NOT NULL,
  display_name $TEXT NOT NULL,
  password_hash $TEXT NOT NULL,
  state $TEXT NOT NULL,
  language $TEXT NOT NULL,
  person_id $INT,
  grants $TEXT NOT NULL,
  created_at $INSTANT NOT NULL,
  last_sign_in_at $INSTANT,
  sample $INT NOT NULL
);
CREATE UNIQUE INDEX account_login ON account (login_name);

-- The facts behind account.grants: who gave which role when, and when it was taken back.
CREATE TABLE role_grant (
  id $ID PRIMARY KEY,
  account_id $INT NOT NULL REFERENCES account (id),
  role $TEXT NOT NULL,
  agency_id $INT NOT NULL,
  unit_id $INT NOT NULL,
  granted_at $INSTANT NOT NULL,
  granted_by $INT NOT NULL,
  revoked_at $INSTANT,
  revoked_by $INT
);
CREATE INDEX role_grant_account ON role_grant (account_id, revoked_at);

CREATE TABLE session (
  id $ID PRIMARY KEY,
  token_hash $TEXT NOT NULL,
  account_id $INT NOT NULL REFERENCES account (id),
  form_key $TEXT NOT NULL,
  device $TEXT NOT NULL,
  created_at $INSTANT NOT NULL,
  seen_at $INSTANT NOT NULL,
  expires_at $INSTANT NOT NULL,
  idle_seconds $INT NOT NULL,
  revoked_at $INSTANT
);
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_account ON session (account_id, revoked_at, created_at);

CREATE TABLE service_token (
  id $ID PRIMARY KEY,
  name $TEXT NOT NULL,
  token_hash $TEXT NOT NULL,
  account_id $INT NOT NULL REFERENCES account (id),
  permissions $TEXT NOT NULL,
  created_at $INSTANT NOT NULL,
  expires_at $INSTANT NOT NULL,
  revoked_at $INSTANT
);
CREATE UNIQUE INDEX service_token_hash ON service_token (token_hash);

-- Failed sign-ins by a keyed hash of the login name or of the address, whether or not such an account exists.
CREATE TABLE sign_in_failure (
  subject $TEXT PRIMARY KEY,
  failure_count $INT NOT NULL,
  since $INSTANT NOT NULL,
  locked_until $INSTANT NOT NULL
);
