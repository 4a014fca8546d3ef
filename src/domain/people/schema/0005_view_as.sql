-- A session whose person looks at the program as somebody else, read only, for a time.

CREATE TABLE session_view (
	session $INT NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
	account $INT NOT NULL REFERENCES account (id),
	since   $TEXT NOT NULL
);
