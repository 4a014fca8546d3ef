-- Threads between the region and an organisation, bound to a record or general; questions with answers for everybody.

-- side: the other side of the region: a provider, a municipality, a district (its coordinators). side_name as it was called then.
-- last_message and the other last_ columns repeat the newest message, for lists.
CREATE TABLE message_thread (
	id             $ID,
	side_kind      $TEXT NOT NULL CHECK (side_kind IN ('provider', 'municipality', 'district')),
	side_ref       $INT NOT NULL,
	side_name      $TEXT NOT NULL,
	object         $TEXT NOT NULL,
	object_id      $INT NOT NULL,
	object_title   $TEXT NOT NULL,
	subject        $TEXT NOT NULL,
	subject_fold   $TEXT NOT NULL,
	state          $TEXT NOT NULL CHECK (state IN ('open', 'closed')),
	opened_at      $TEXT NOT NULL,
	last_message   $INT NOT NULL,
	last_at        $TEXT NOT NULL,
	last_author    $TEXT NOT NULL,
	message_count  $INT NOT NULL
);
CREATE INDEX message_thread_side ON message_thread (side_kind, side_ref);
CREATE INDEX message_thread_object ON message_thread (object, object_id);
CREATE INDEX message_thread_last ON message_thread (last_at);

-- kind: text; closed and reopened are the same with the reason as their text.
CREATE TABLE message (
	id           $ID,
	thread       $INT NOT NULL REFERENCES message_thread (id),
	kind         $TEXT NOT NULL CHECK (kind IN ('text', 'closed', 'reopened')),
	account      $INT NOT NULL,
	author       $TEXT NOT NULL,
	organisation $TEXT NOT NULL,
	from_region  $INT NOT NULL CHECK (from_region IN (0, 1)),
	text         $TEXT NOT NULL,
	at           $TEXT NOT NULL
);
CREATE INDEX message_of_thread ON message (thread, id);
CREATE INDEX message_account ON message (account, thread);

CREATE TABLE message_file (
	id      $ID,
	message $INT NOT NULL REFERENCES message (id),
	file    $INT NOT NULL REFERENCES stored_file (id)
);
CREATE INDEX message_file_message ON message_file (message);
CREATE INDEX message_file_file ON message_file (file);

-- The newest message that a person has seen in a thread.
CREATE TABLE message_seen (
	thread  $INT NOT NULL REFERENCES message_thread (id),
	account $INT NOT NULL,
	message $INT NOT NULL,
	PRIMARY KEY (thread, account)
);
CREATE INDEX message_seen_account ON message_seen (account);

-- state: asked (the region reads it), answered (everybody who signs in reads both), withdrawn.
CREATE TABLE question (
	id           $ID,
	object       $TEXT NOT NULL,
	object_id    $INT NOT NULL,
	object_title $TEXT NOT NULL,
	text         $TEXT NOT NULL,
	asked_at     $TEXT NOT NULL,
	account      $INT NOT NULL,
	author       $TEXT NOT NULL,
	organisation $TEXT NOT NULL,
	answer       $TEXT NOT NULL,
	answered_at  $TEXT,
	answered_by  $TEXT NOT NULL,
	state        $TEXT NOT NULL CHECK (state IN ('asked', 'answered', 'withdrawn')),
	reason       $TEXT NOT NULL
);
CREATE INDEX question_object ON question (object, object_id);
CREATE INDEX question_account ON question (account);
CREATE INDEX question_state ON question (state, id);
