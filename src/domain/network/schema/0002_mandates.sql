-- Mandates of lines, their amendments, the texts by which they are made, and the papers that were issued.

CREATE TABLE mandate (
	id                 $ID,
	version            $INT NOT NULL,
	number             $TEXT NOT NULL,
	number_sort        $BYTES NOT NULL,
	number_fold        $TEXT NOT NULL,
	line               $INT NOT NULL,
	service            $INT,
	provider           $INT,
	district           $INT,
	first_day          $TEXT NOT NULL,
	last_day           $TEXT NOT NULL,
	unit               $TEXT NOT NULL,
	capacity           $INT NOT NULL,
	provider_name      $TEXT NOT NULL,
	provider_name_sort $BYTES NOT NULL,
	provider_name_fold $TEXT NOT NULL,
	provider_ico       $TEXT NOT NULL,
	provider_ico_fold  $TEXT NOT NULL,
	provider_seat      $TEXT NOT NULL,
	service_name       $TEXT NOT NULL,
	service_name_fold  $TEXT NOT NULL,
	identifier         $TEXT NOT NULL,
	identifier_fold    $TEXT NOT NULL,
	kind               $TEXT NOT NULL,
	target_groups      $TEXT NOT NULL,
	territory          $TEXT NOT NULL,
	obligation         $TEXT NOT NULL,
	compensation       $TEXT NOT NULL,
	ceiling            $TEXT NOT NULL,
	overcompensation   $TEXT NOT NULL,
	exclusive_rights   $TEXT NOT NULL,
	legal_reference    $TEXT NOT NULL,
	covers_investment  $INT NOT NULL CHECK (covers_investment IN (0, 1)),
	state              $TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'active', 'ended', 'archived', 'cancelled')),
	resolution         $INT REFERENCES resolution (id),
	issued_at          $TEXT,
	ends_on            $TEXT,
	is_public          $INT NOT NULL CHECK (is_public IN (0, 1)),
	end_reason         $TEXT NOT NULL,
	amendments         $INT,
	watched            $INT,
	serial_year        $INT,
	serial_no          $INT,
	CHECK (last_day >= first_day)
);
-- A number is given once.
CREATE UNIQUE INDEX mandate_number ON mandate (number) WHERE number <> '';
CREATE UNIQUE INDEX mandate_serial ON mandate (serial_year, serial_no) WHERE serial_no IS NOT NULL;
CREATE INDEX mandate_by_line ON mandate (line, first_day);
CREATE INDEX mandate_by_provider ON mandate (provider, ends_on);
CREATE INDEX mandate_by_end ON mandate (state, ends_on);
CREATE INDEX mandate_in_register ON mandate (is_public, ends_on);

CREATE TABLE mandate_amendment (
	id             $ID,
	version        $INT NOT NULL,
	mandate        $INT NOT NULL REFERENCES mandate (id),
	no             $INT,
	effective_from $TEXT NOT NULL,
	capacity       $INT,
	ceiling        $TEXT NOT NULL,
	territory      $TEXT NOT NULL,
	reason         $TEXT NOT NULL,
	state          $TEXT NOT NULL CHECK (state IN ('draft', 'issued', 'dropped')),
	resolution     $INT REFERENCES resolution (id),
	issued_at      $TEXT,
	provider       $INT,
	district       $INT
);
CREATE UNIQUE INDEX mandate_amendment_no ON mandate_amendment (mandate, no) WHERE no IS NOT NULL;

CREATE TABLE mandate_template (
	row_id           $ID,
	id               $INT NOT NULL,
	version          $INT NOT NULL,
	valid_from       $TEXT NOT NULL,
	valid_to         $TEXT,
	recorded_from    $TEXT NOT NULL,
	recorded_to      $TEXT,
	kind             $TEXT NOT NULL,
	title            $TEXT NOT NULL,
	text             $TEXT NOT NULL,
	obligation       $TEXT NOT NULL,
	compensation     $TEXT NOT NULL,
	overcompensation $TEXT NOT NULL,
	exclusive_rights $TEXT NOT NULL,
	legal_reference  $TEXT NOT NULL
);
CREATE INDEX mandate_template_by_id ON mandate_template (id, recorded_from);

-- What was issued, word for word, and the PDF that was made of it once.
CREATE TABLE mandate_paper (
	id          $ID,
	mandate     $INT NOT NULL REFERENCES mandate (id),
	amendment   $INT REFERENCES mandate_amendment (id),
	no          $INT NOT NULL,
	title       $TEXT NOT NULL,
	text        $TEXT NOT NULL,
	text_sha256 $TEXT NOT NULL,
	made_at     $TEXT NOT NULL,
	job         $INT,
	file        $INT REFERENCES stored_file (id),
	sha256      $TEXT NOT NULL,
	UNIQUE (mandate, no)
);
