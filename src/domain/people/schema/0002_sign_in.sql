-- What signing in needs beyond a password: one-time links of an account, the second factor, devices, keys for programs.

-- Sessions end with this change: the old rows don't say when their person was last asked for the password.
DELETE FROM session;
ALTER TABLE session ADD COLUMN proved_at $TEXT;
ALTER TABLE session ADD COLUMN method $TEXT NOT NULL DEFAULT 'password';
-- 1: the password was right and a code is awaited; nobody is signed in by such a session.
ALTER TABLE session ADD COLUMN waits $INT NOT NULL DEFAULT 0 CHECK (waits IN (0, 1));

-- person or technical: an account of another program, whose password must be longer.
ALTER TABLE account ADD COLUMN kind $TEXT NOT NULL DEFAULT 'person';
ALTER TABLE account_password ADD COLUMN must_change $INT NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1));

-- setup, invitation, reset, email; bound to the account and to the organisation that it had when the link was made.
ALTER TABLE one_time_link ADD COLUMN account $INT REFERENCES account (id);
ALTER TABLE one_time_link ADD COLUMN organisation $INT;
ALTER TABLE one_time_link ADD COLUMN detail $TEXT;
CREATE INDEX one_time_link_by_account ON one_time_link (account);

-- Seeds are sealed by a key that lies outside the store. `offered` is one that the person has not proved to hold yet; it replaces the other
-- when a code is right. last_step: a code works once.
CREATE TABLE account_totp (
	account      $INT NOT NULL PRIMARY KEY REFERENCES account (id),
	sealed       $BYTES,
	confirmed_at $TEXT,
	last_step    $INT NOT NULL,
	offered      $BYTES,
	offered_at   $TEXT
);

CREATE TABLE recovery_code (
	id          $ID,
	account     $INT NOT NULL REFERENCES account (id),
	code_sha256 $BYTES NOT NULL,
	used_at     $TEXT
);
CREATE INDEX recovery_code_by_account ON recovery_code (account);

-- Digest of browser and network from which an account has signed in.
CREATE TABLE known_device (
	account    $INT NOT NULL REFERENCES account (id),
	digest     $BYTES NOT NULL,
	first_seen $TEXT NOT NULL,
	last_seen  $TEXT NOT NULL,
	PRIMARY KEY (account, digest)
);

-- Failures in a row: the next attempt may come at until_ms, later each time.
ALTER TABLE attempt ADD COLUMN failures $INT NOT NULL DEFAULT 0;
ALTER TABLE attempt ADD COLUMN until_ms $INT NOT NULL DEFAULT 0;
