-- Letters that go out, and what people are told.

-- state: queued (waits for next_attempt), sending (claim and claimed_at say by whom and since when), sent, failed (the server refused it
-- for good), given_up (too many attempts), cancelled. The text goes 30 days after the end, of a secret letter at the end.
-- leave_token: of the link by which a topic is switched off without signing in.
CREATE TABLE mail_letter (
	id           $ID,
	kind         $TEXT NOT NULL,
	topic        $TEXT NOT NULL,
	account      $INT NOT NULL,
	address      $TEXT NOT NULL,
	subject      $TEXT NOT NULL,
	body         $TEXT NOT NULL,
	secret       $INT NOT NULL CHECK (secret IN (0, 1)),
	leave_token  $TEXT,
	state        $TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'given_up', 'cancelled')),
	attempts     $INT NOT NULL,
	created      $TEXT NOT NULL,
	next_attempt $TEXT NOT NULL,
	claim        $TEXT NOT NULL,
	claimed_at   $TEXT,
	ended        $TEXT,
	answer       $TEXT NOT NULL
);
CREATE INDEX mail_letter_due ON mail_letter (state, next_attempt);
CREATE INDEX mail_letter_address ON mail_letter (address, ended);
CREATE INDEX mail_letter_account ON mail_letter (account);
CREATE UNIQUE INDEX mail_letter_leave ON mail_letter (leave_token);

-- A text as it was edited in the application; without a row the standard one holds.
CREATE TABLE mail_text (
	kind    $TEXT NOT NULL PRIMARY KEY,
	subject $TEXT NOT NULL,
	body    $TEXT NOT NULL,
	at      $TEXT NOT NULL,
	account $INT NOT NULL
);

-- An address whose server refused a letter for good; a letter that arrives removes the row.
CREATE TABLE mail_bounce (
	address $TEXT NOT NULL PRIMARY KEY,
	at      $TEXT NOT NULL,
	times   $INT NOT NULL,
	answer  $TEXT NOT NULL
);

-- Topics that an address without an account does not want.
CREATE TABLE mail_refusal (
	address $TEXT NOT NULL,
	topic   $TEXT NOT NULL,
	at      $TEXT NOT NULL,
	PRIMARY KEY (address, topic)
);

-- mail: what becomes of it by mail: none, digest (waits for the letter of the day), done.
CREATE TABLE notice (
	id        $ID,
	account   $INT NOT NULL,
	topic     $TEXT NOT NULL,
	title     $TEXT NOT NULL,
	text      $TEXT NOT NULL,
	link      $TEXT NOT NULL,
	object    $TEXT NOT NULL,
	object_id $INT NOT NULL,
	at        $TEXT NOT NULL,
	read_at   $TEXT,
	mail      $TEXT NOT NULL CHECK (mail IN ('none', 'digest', 'done'))
);
CREATE INDEX notice_account ON notice (account, id);
CREATE INDEX notice_unread ON notice (account, read_at);
CREATE INDEX notice_mail ON notice (mail, account);

CREATE TABLE notice_choice (
	account $INT NOT NULL,
	topic   $TEXT NOT NULL,
	choice  $TEXT NOT NULL CHECK (choice IN ('none', 'digest', 'at_once')),
	PRIMARY KEY (account, topic)
);

-- The Prague day of the last letter of the day.
CREATE TABLE mail_digest (
	account $INT NOT NULL PRIMARY KEY,
	day     $TEXT NOT NULL
);
