-- What moves by steps, what waits for whom, and who was here when.

-- One row per step of an object of a machine, never altered but for is_last. due_at: until when the state that it led to should be left.
CREATE TABLE workflow_step (
	id           $ID,
	machine      $TEXT NOT NULL,
	object_id    $INT NOT NULL,
	action       $TEXT NOT NULL,
	state_before $TEXT NOT NULL,
	state_after  $TEXT NOT NULL,
	at           $TEXT NOT NULL,
	account      $INT NOT NULL,
	actor        $TEXT NOT NULL,
	organisation $TEXT NOT NULL,
	reason       $TEXT NOT NULL,
	resolution   $TEXT NOT NULL,
	waived       $TEXT NOT NULL,
	due_at       $TEXT,
	due_why      $TEXT NOT NULL,
	is_last      $INT NOT NULL CHECK (is_last IN (0, 1))
);
CREATE UNIQUE INDEX workflow_step_last ON workflow_step (machine, object_id) WHERE is_last = 1;
CREATE INDEX workflow_step_object ON workflow_step (machine, object_id, id);
CREATE INDEX workflow_step_due ON workflow_step (machine, state_after, due_at) WHERE is_last = 1;
CREATE INDEX workflow_step_at ON workflow_step (at);

-- A task is of one account, or of a role (account 0) over a place (ref 0 = the whole region).
CREATE TABLE task (
	id        $ID,
	kind      $TEXT NOT NULL,
	title     $TEXT NOT NULL,
	why       $TEXT NOT NULL,
	object    $TEXT NOT NULL,
	object_id $INT NOT NULL,
	link      $TEXT NOT NULL,
	button    $TEXT NOT NULL,
	account   $INT NOT NULL,
	role      $TEXT NOT NULL,
	ref       $INT NOT NULL,
	due_at    $TEXT,
	due_why   $TEXT NOT NULL,
	opened_at $TEXT NOT NULL,
	closed_at $TEXT
);
CREATE UNIQUE INDEX task_open ON task (kind, object, object_id, account, role, ref) WHERE closed_at IS NULL;
CREATE INDEX task_account ON task (account) WHERE closed_at IS NULL;
CREATE INDEX task_role ON task (role, ref) WHERE closed_at IS NULL;
CREATE INDEX task_object ON task (object, object_id);

-- before_at: the end of the visit before the present one.
CREATE TABLE account_visit (
	account   $INT NOT NULL PRIMARY KEY,
	last_at   $TEXT NOT NULL,
	before_at $TEXT
);
