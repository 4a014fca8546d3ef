-- Keys by which other programs read in the name of an account. The key is kept as its SHA-256 only; capabilities joined by ",".
CREATE TABLE api_key (
	id           $ID,
	account      $INT NOT NULL REFERENCES account (id),
	name         $TEXT NOT NULL,
	token_sha256 $BYTES NOT NULL UNIQUE,
	capabilities $TEXT NOT NULL,
	made_at      $TEXT NOT NULL,
	last_day     $TEXT NOT NULL,
	ended_at     $TEXT,
	last_used    $TEXT
);
CREATE INDEX api_key_by_account ON api_key (account);
