-- Accounts, organisations that people act for, roles with scope and validity, sessions, one-time links, counted attempts.

CREATE TABLE organisation (
	id        $ID,
	version   $INT NOT NULL,
	kind      $TEXT NOT NULL,
	name      $TEXT NOT NULL,
	name_sort $BYTES NOT NULL,
	name_fold $TEXT NOT NULL,
	ref       $INT
);

CREATE TABLE account (
	id            $ID,
	version       $INT NOT NULL,
	login         $TEXT NOT NULL UNIQUE,
	login_fold    $TEXT NOT NULL,
	name          $TEXT NOT NULL,
	name_sort     $BYTES NOT NULL,
	name_fold     $TEXT NOT NULL,
	organisation  $INT REFERENCES organisation (id),
	state         $TEXT NOT NULL,
	last_sign_in  $TEXT
);

-- Apart from the account, so that no list, export or history can show it.
CREATE TABLE account_password (
	account    $INT NOT NULL PRIMARY KEY REFERENCES account (id),
	encoded    $TEXT NOT NULL,
	changed_at $TEXT NOT NULL
);

-- scope_kind: region, district, municipality, provider, body; scope_ref is the id of that thing (NULL for the region).
CREATE TABLE account_role (
	id         $ID,
	version    $INT NOT NULL,
	account    $INT NOT NULL REFERENCES account (id),
	role       $TEXT NOT NULL,
	scope_kind $TEXT NOT NULL,
	scope_ref  $INT,
	first_day  $TEXT NOT NULL,
	last_day   $TEXT,
	granted_by $INT
);
CREATE INDEX account_role_by_account ON account_role (account);

-- The cookie's token is kept as its SHA-256 only; form_key signs the forms of the session.
CREATE TABLE session (
	id           $ID,
	token_sha256 $BYTES NOT NULL UNIQUE,
	form_key     $BYTES NOT NULL,
	account      $INT NOT NULL REFERENCES account (id),
	signed_in_at $TEXT NOT NULL,
	last_seen    $TEXT NOT NULL,
	ends_at      $TEXT NOT NULL,
	address      $TEXT NOT NULL,
	device       $TEXT NOT NULL,
	notice       $TEXT NOT NULL
);
CREATE INDEX session_by_account ON session (account);

-- One-time links: the first administrator of an empty store.
CREATE TABLE one_time_link (
	id           $ID,
	purpose      $TEXT NOT NULL,
	token_sha256 $BYTES NOT NULL UNIQUE,
	made_at      $TEXT NOT NULL,
	ends_at      $TEXT NOT NULL,
	used_at      $TEXT
);

-- Attempts to sign in, counted per account name and per network (both hashed), shared by all nodes.
CREATE TABLE attempt (
	bucket     $BYTES NOT NULL PRIMARY KEY,
	tokens     $INT NOT NULL,
	updated_ms $INT NOT NULL
);
