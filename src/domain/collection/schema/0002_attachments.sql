-- Files of submissions, and what an object (a call) asks to have attached.

-- template: a file to be filled in and sent back.
CREATE TABLE asked_file (
	id        $ID,
	version   $INT NOT NULL,
	object    $TEXT NOT NULL,
	object_id $INT NOT NULL,
	position  $INT NOT NULL,
	label     $TEXT NOT NULL,
	hint      $TEXT NOT NULL,
	required  $INT NOT NULL,
	template  $INT REFERENCES stored_file (id)
);
CREATE INDEX asked_file_by_object ON asked_file (object, object_id, position);

-- Whose list of attachments holds for a submission: "call" 5.
ALTER TABLE submission ADD COLUMN asked_by $TEXT NOT NULL DEFAULT '';
ALTER TABLE submission ADD COLUMN asked_by_id $INT;

-- asked: "pole-…" of a field of the form, "zadani-12" of an asked_file, "dalsi" for anything else. removed_at: taken away after a receipt had named it.
CREATE TABLE submission_file (
	id         $ID,
	version    $INT NOT NULL,
	submission $INT NOT NULL REFERENCES submission (id),
	asked      $TEXT NOT NULL,
	name       $TEXT NOT NULL,
	type       $TEXT NOT NULL,
	size       $INT NOT NULL,
	sha256     $TEXT NOT NULL,
	file       $INT NOT NULL REFERENCES stored_file (id),
	owner      $INT NOT NULL,
	author     $TEXT NOT NULL,
	added_at   $TEXT NOT NULL,
	removed_at $TEXT
);
CREATE INDEX submission_file_by_submission ON submission_file (submission);
