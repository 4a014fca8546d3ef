-- A confirming link that was used: the same click again, because the first answer was lost on the way, still leads to the sign-up for a while.
ALTER TABLE signup_token ADD COLUMN used_at $TEXT;
