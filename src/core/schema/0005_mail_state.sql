-- How the mail server was the last time: after a problem of its own (not of one letter) nobody asks it before paused_until.
CREATE TABLE mail_state (
	id           $INT NOT NULL PRIMARY KEY CHECK (id = 1),
	paused_until $TEXT,
	problem      $TEXT NOT NULL,
	problem_at   $TEXT,
	failures     $INT NOT NULL,
	sent_at      $TEXT
);
INSERT INTO mail_state (id, paused_until, problem, problem_at, failures, sent_at) VALUES (1, NULL, '', NULL, 0, NULL);
