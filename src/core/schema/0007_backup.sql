-- Backups that this installation made, for the check of their age; the files themselves say what they hold.
CREATE TABLE backup_log (
	file         $TEXT NOT NULL PRIMARY KEY,
	folder       $TEXT NOT NULL,
	made         $TEXT NOT NULL,
	size         $INT NOT NULL,
	tables       $INT NOT NULL,
	total_rows   $INT NOT NULL,
	files        $INT NOT NULL,
	missing      $INT NOT NULL,
	trail_seq    $INT NOT NULL,
	data_version $INT NOT NULL,
	key_name     $TEXT NOT NULL,
	verified     $TEXT,
	verdict      $TEXT NOT NULL
);
CREATE INDEX backup_log_made ON backup_log (made);
