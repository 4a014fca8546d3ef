-- Networks by tier, their versions, and lines: each line is a span of days as it was believed between two instants. Areas and ceilings belong to one such
-- row, so they hold in the same two times.

CREATE TABLE network (
	id         $ID,
	version    $INT NOT NULL,
	tier       $TEXT NOT NULL,
	title      $TEXT NOT NULL,
	title_sort $BYTES NOT NULL,
	note       $TEXT NOT NULL
);
CREATE UNIQUE INDEX network_tier ON network (tier);

CREATE TABLE network_version (
	id              $ID,
	version         $INT NOT NULL,
	network         $INT NOT NULL REFERENCES network (id),
	number          $TEXT NOT NULL,
	title           $TEXT NOT NULL,
	title_sort      $BYTES NOT NULL,
	effective_from  $TEXT NOT NULL,
	state           $TEXT NOT NULL CHECK (state IN ('draft', 'in_route', 'approved', 'effective', 'superseded', 'cancelled')),
	base            $INT REFERENCES network_version (id),
	resolution      $INT,
	approved_on     $TEXT,
	note            $TEXT NOT NULL,
	snapshot_sha256 $TEXT NOT NULL
);
CREATE UNIQUE INDEX network_version_number ON network_version (network, number);
CREATE INDEX network_version_by_day ON network_version (network, effective_from);

CREATE TABLE network_line (
	row_id           $ID,
	id               $INT NOT NULL,
	version          $INT NOT NULL,
	valid_from       $TEXT NOT NULL,
	valid_to         $TEXT,
	recorded_from    $TEXT NOT NULL,
	recorded_to      $TEXT,
	number           $TEXT NOT NULL,
	number_sort      $BYTES NOT NULL,
	number_fold      $TEXT NOT NULL,
	network          $INT,
	service          $INT,
	provider         $INT,
	name             $TEXT NOT NULL,
	name_sort        $BYTES NOT NULL,
	name_fold        $TEXT NOT NULL,
	kind             $TEXT NOT NULL,
	unit             $TEXT NOT NULL,
	capacity         $INT,
	level            $TEXT NOT NULL,
	status           $TEXT NOT NULL,
	regionality      $INT,
	since            $TEXT,
	until            $TEXT,
	project_financed $INT NOT NULL CHECK (project_financed IN (0, 1)),
	points           $INT,
	merged_under     $INT,
	by_version       $INT,
	resolution       $INT,
	change_reason    $TEXT NOT NULL,
	note             $TEXT NOT NULL
);
CREATE INDEX network_line_by_id ON network_line (id, recorded_from);
CREATE INDEX network_line_by_service ON network_line (service);
CREATE INDEX network_line_by_number ON network_line (number);
CREATE INDEX network_line_by_time ON network_line (recorded_to, recorded_from, valid_from, valid_to);

CREATE TABLE network_line_forms (
	owner $INT NOT NULL REFERENCES network_line (row_id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);
CREATE TABLE network_line_target_groups (
	owner $INT NOT NULL REFERENCES network_line (row_id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);
-- code: RÚIAN code of the district; amount: its share in hundredths of a percent.
CREATE TABLE network_line_areas (
	owner  $INT NOT NULL REFERENCES network_line (row_id),
	code   $TEXT NOT NULL,
	amount $INT NOT NULL CHECK (amount > 0 AND amount <= 10000),
	PRIMARY KEY (owner, code)
);
-- code: year; amount: ceiling of the compensation payment in haléře.
CREATE TABLE network_line_ceilings (
	owner  $INT NOT NULL REFERENCES network_line (row_id),
	code   $TEXT NOT NULL,
	amount $INT NOT NULL CHECK (amount >= 0),
	PRIMARY KEY (owner, code)
);

-- What was not included, and why: published beside the network.
CREATE TABLE network_exclusion (
	id         $ID,
	version    $INT NOT NULL,
	by_version $INT NOT NULL REFERENCES network_version (id),
	service    $INT,
	provider   $INT,
	name       $TEXT NOT NULL,
	name_sort  $BYTES NOT NULL,
	name_fold  $TEXT NOT NULL,
	kind       $TEXT NOT NULL,
	reason     $TEXT NOT NULL,
	text       $TEXT NOT NULL,
	decided_on $TEXT NOT NULL,
	resolution $INT
);
CREATE INDEX network_exclusion_by_version ON network_exclusion (by_version);
