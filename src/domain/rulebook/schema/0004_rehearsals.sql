-- Rehearsals: a version over stored records of past years beside another version: what would come out otherwise. Written once by a job.

CREATE TABLE rule_rehearsal (
	id            $ID,
	rule_set      $INT NOT NULL REFERENCES rule_set (id),
	against       $INT NOT NULL REFERENCES rule_set (id),
	digest_before $TEXT NOT NULL,
	digest_after  $TEXT NOT NULL,
	kinds         $TEXT NOT NULL,
	year_from     $INT NOT NULL,
	year_to       $INT NOT NULL,
	cases         $INT NOT NULL,
	changed_cases $INT NOT NULL,
	changed       $INT NOT NULL,
	only_before   $TEXT NOT NULL,
	only_after    $TEXT NOT NULL,
	made_at       $TEXT NOT NULL
);
CREATE INDEX rule_rehearsal_of ON rule_rehearsal (rule_set, id);

-- Per rule: how many records it was computed for, how many change, sums where they can be added.
CREATE TABLE rule_rehearsal_total (
	id         $ID,
	rehearsal  $INT NOT NULL REFERENCES rule_rehearsal (id),
	rule       $TEXT NOT NULL,
	title      $TEXT NOT NULL,
	computed   $INT NOT NULL,
	changed    $INT NOT NULL,
	before_sum $TEXT NOT NULL,
	after_sum  $TEXT NOT NULL,
	difference $TEXT NOT NULL
);
CREATE INDEX rule_rehearsal_total_of ON rule_rehearsal_total (rehearsal, id);

CREATE TABLE rule_rehearsal_change (
	id         $ID,
	rehearsal  $INT NOT NULL REFERENCES rule_rehearsal (id),
	kind       $TEXT NOT NULL,
	object     $INT NOT NULL,
	label      $TEXT NOT NULL,
	rule       $TEXT NOT NULL,
	title      $TEXT NOT NULL,
	before     $TEXT NOT NULL,
	after      $TEXT NOT NULL,
	difference $TEXT NOT NULL
);
CREATE INDEX rule_rehearsal_change_of ON rule_rehearsal_change (rehearsal, id);
