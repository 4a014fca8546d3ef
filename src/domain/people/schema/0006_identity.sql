-- Accounts at a provider of identity (OpenID Connect). The key is issuer and subject, never an e-mail.
CREATE TABLE account_identity (
	id        $ID,
	account   $INT NOT NULL REFERENCES account (id),
	issuer    $TEXT NOT NULL,
	subject   $TEXT NOT NULL,
	made_at   $TEXT NOT NULL,
	last_used $TEXT,
	UNIQUE (issuer, subject)
);
CREATE INDEX account_identity_by_account ON account_identity (account);

-- States of sign-ins that came back: each is taken once.
CREATE TABLE oidc_used (
	state_sha256 $BYTES NOT NULL PRIMARY KEY,
	ends_at      $TEXT NOT NULL
);
