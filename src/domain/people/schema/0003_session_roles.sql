-- The roles with which a session's token was given: when they change, the token does too.
DELETE FROM session;
ALTER TABLE session ADD COLUMN roles $TEXT NOT NULL DEFAULT '';
