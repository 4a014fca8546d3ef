-- Re-evaluation of services in the network: yearly rounds and the review of each line.
CREATE TABLE review_round (
	id         $ID,
	version    $INT NOT NULL,
	title      $TEXT NOT NULL,
	title_sort $BYTES NOT NULL,
	title_fold $TEXT NOT NULL,
	year       $INT NOT NULL,
	scope      $TEXT NOT NULL,
	kind       $TEXT NOT NULL,
	state      $TEXT NOT NULL CHECK (state IN ('open', 'closed'))
);
CREATE TABLE network_review (
	id                $ID,
	version           $INT NOT NULL,
	round             $INT NOT NULL REFERENCES review_round (id),
	line              $INT NOT NULL,
	service_name      $TEXT NOT NULL,
	service_name_sort $BYTES NOT NULL,
	service_name_fold $TEXT NOT NULL,
	provider          $INT,
	district          $INT,
	unit              $TEXT NOT NULL,
	capacity          $INT,
	filling           $INT,
	filling_before    $INT,
	average           $INT,
	occupancy         $INT,
	unit_cost         $INT,
	figures_note      $TEXT NOT NULL,
	proposal          $TEXT NOT NULL,
	why               $TEXT NOT NULL,
	new_capacity      $INT,
	measure           $TEXT NOT NULL,
	due               $TEXT,
	answer            $TEXT NOT NULL,
	answered_by       $TEXT NOT NULL,
	answered_at       $TEXT,
	outcome           $TEXT NOT NULL,
	state             $TEXT NOT NULL CHECK (state IN ('open', 'hearing', 'heard', 'decided', 'cancelled'))
);
CREATE INDEX network_review_by_round ON network_review (round, state);
CREATE INDEX network_review_by_line ON network_review (line, state);
CREATE INDEX network_review_by_provider ON network_review (provider, state);
CREATE INDEX network_review_by_state ON network_review (state);
