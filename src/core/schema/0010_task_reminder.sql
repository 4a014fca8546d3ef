-- Reminders of tasks that went out, once: about what, to whom, of which deadline, by which line of the plan. A task that is closed and opened anew (its
-- record got another name) is the same one.
CREATE TABLE task_reminder (
	kind      $TEXT NOT NULL,
	object    $TEXT NOT NULL,
	object_id $INT NOT NULL,
	account   $INT NOT NULL,
	deadline  $TEXT NOT NULL,
	rule      $TEXT NOT NULL,
	sent_at   $TEXT NOT NULL,
	PRIMARY KEY (kind, object, object_id, account, deadline, rule)
);
CREATE INDEX task_due ON task (due_at) WHERE closed_at IS NULL AND due_at IS NOT NULL;
