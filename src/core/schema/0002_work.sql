-- Files beside the store, long work, full text.

-- The content lies in the folder under its digest; rows may share it. Other tables refer to a file by REFERENCES stored_file (id), with
-- an index on that column: what nothing refers to is swept.
CREATE TABLE stored_file (
	id      $ID,
	name    $TEXT NOT NULL,
	type    $TEXT NOT NULL,
	sha256  $TEXT NOT NULL,
	size    $INT NOT NULL,
	at      $TEXT NOT NULL
);
CREATE INDEX stored_file_sha256 ON stored_file (sha256);
CREATE INDEX stored_file_at ON stored_file (at);

-- process: the running program that took the job; claim: this one taking of it. A job whose heartbeat is old has lost its process.
CREATE TABLE job (
	id            $ID,
	kind          $TEXT NOT NULL,
	title         $TEXT NOT NULL,
	state         $TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
	input         $TEXT NOT NULL,
	result        $TEXT NOT NULL,
	done          $INT NOT NULL,
	total         $INT NOT NULL,
	note          $TEXT NOT NULL,
	account       $INT NOT NULL,
	account_name  $TEXT NOT NULL,
	by_program    $INT NOT NULL CHECK (by_program IN (0, 1)),
	link          $TEXT NOT NULL,
	created       $TEXT NOT NULL,
	started       $TEXT,
	ended         $TEXT,
	heartbeat     $TEXT,
	process       $TEXT NOT NULL,
	claim         $TEXT NOT NULL,
	attempts      $INT NOT NULL,
	cancel_wanted $INT NOT NULL CHECK (cancel_wanted IN (0, 1))
);
CREATE INDEX job_state ON job (state, id);
CREATE INDEX job_account ON job (account, id);

-- words: folded words of the title and the text, parted by single spaces. On SQLite core/search.c keeps search_index by statements: a
-- trigger on a virtual table counts as unsafe there.
CREATE TABLE search_doc (
	id         $ID,
	kind       $TEXT NOT NULL,
	object_id  $INT NOT NULL,
	is_public  $INT NOT NULL CHECK (is_public IN (0, 1)),
	title      $TEXT NOT NULL,
	title_sort $BYTES NOT NULL,
	words      $TEXT NOT NULL,
	UNIQUE (kind, object_id)
);

-- only sqlite
CREATE VIRTUAL TABLE search_index USING fts5 (words, content = 'search_doc', content_rowid = 'id',
	tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
-- only postgres
-- Not to_tsvector: its parser takes a word like 1e5abc for a number and a rest.
ALTER TABLE search_doc ADD COLUMN index_words tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED;
CREATE INDEX search_doc_words ON search_doc USING gin (index_words);
-- both
