-- Providers, services, forms, capacities, facilities and contacts; each row is a span of days as it was believed between two instants.
-- References name the stable id of another dated thing, so the store cannot check them; the register's rules do.

CREATE TABLE provider (
	row_id        $ID,
	id            $INT NOT NULL,
	version       $INT NOT NULL,
	valid_from    $TEXT NOT NULL,
	valid_to      $TEXT,
	recorded_from $TEXT NOT NULL,
	recorded_to   $TEXT,
	name          $TEXT NOT NULL,
	name_sort     $BYTES NOT NULL,
	name_fold     $TEXT NOT NULL,
	ico           $TEXT NOT NULL,
	ico_fold      $TEXT NOT NULL,
	legal_form    $TEXT NOT NULL,
	kind          $TEXT NOT NULL,
	municipality  $INT,
	street        $TEXT NOT NULL,
	house_no      $TEXT NOT NULL,
	postcode      $TEXT NOT NULL,
	data_box      $TEXT NOT NULL,
	web           $TEXT NOT NULL,
	email         $TEXT NOT NULL,
	phone         $TEXT NOT NULL,
	note          $TEXT NOT NULL,
	merged_into   $INT,
	confirmed_on  $TEXT,
	confirmed_by  $TEXT NOT NULL
);
CREATE INDEX provider_by_id ON provider (id, recorded_from);
CREATE INDEX provider_by_name_sort ON provider (name_sort);
CREATE INDEX provider_by_ico ON provider (ico);

CREATE TABLE service (
	row_id          $ID,
	id              $INT NOT NULL,
	version         $INT NOT NULL,
	valid_from      $TEXT NOT NULL,
	valid_to        $TEXT,
	recorded_from   $TEXT NOT NULL,
	recorded_to     $TEXT,
	provider        $INT,
	identifier      $TEXT NOT NULL,
	identifier_fold $TEXT NOT NULL,
	portal_id       $INT,
	kind            $TEXT NOT NULL,
	name            $TEXT NOT NULL,
	name_sort       $BYTES NOT NULL,
	name_fold       $TEXT NOT NULL,
	description     $TEXT NOT NULL,
	provided_from   $TEXT,
	provided_to     $TEXT,
	end_reason      $TEXT NOT NULL,
	target_note     $TEXT NOT NULL,
	outside_act     $INT NOT NULL CHECK (outside_act IN (0, 1)),
	is_public       $INT NOT NULL CHECK (is_public IN (0, 1)),
	merged_into     $INT,
	confirmed_on    $TEXT,
	confirmed_by    $TEXT NOT NULL
);
CREATE INDEX service_by_id ON service (id, recorded_from);
CREATE INDEX service_by_provider ON service (provider);
CREATE INDEX service_by_identifier ON service (identifier);
CREATE INDEX service_by_name_sort ON service (name_sort);

CREATE TABLE service_target_groups (
	owner $INT NOT NULL REFERENCES service (row_id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);

CREATE TABLE service_age_groups (
	owner $INT NOT NULL REFERENCES service (row_id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);

CREATE TABLE form_row (
	row_id        $ID,
	id            $INT NOT NULL,
	version       $INT NOT NULL,
	valid_from    $TEXT NOT NULL,
	valid_to      $TEXT,
	recorded_from $TEXT NOT NULL,
	recorded_to   $TEXT,
	service       $INT,
	form          $TEXT NOT NULL,
	nonstop       $INT NOT NULL CHECK (nonstop IN (0, 1)),
	hours         $TEXT NOT NULL
);
CREATE INDEX form_row_by_id ON form_row (id, recorded_from);
CREATE INDEX form_row_by_service ON form_row (service);

CREATE TABLE capacity (
	row_id         $ID,
	id             $INT NOT NULL,
	version        $INT NOT NULL,
	valid_from     $TEXT NOT NULL,
	valid_to       $TEXT,
	recorded_from  $TEXT NOT NULL,
	recorded_to    $TEXT,
	form_row       $INT,
	type           $TEXT NOT NULL,
	count          $INT,
	description    $TEXT NOT NULL,
	effective_from $TEXT
);
CREATE INDEX capacity_by_id ON capacity (id, recorded_from);
CREATE INDEX capacity_by_form_row ON capacity (form_row);

CREATE TABLE facility (
	row_id         $ID,
	id             $INT NOT NULL,
	version        $INT NOT NULL,
	valid_from     $TEXT NOT NULL,
	valid_to       $TEXT,
	recorded_from  $TEXT NOT NULL,
	recorded_to    $TEXT,
	service        $INT,
	name           $TEXT NOT NULL,
	name_sort      $BYTES NOT NULL,
	name_fold      $TEXT NOT NULL,
	municipality   $INT,
	part           $TEXT NOT NULL,
	street         $TEXT NOT NULL,
	house_no       $TEXT NOT NULL,
	postcode       $TEXT NOT NULL,
	address_point  $INT,
	lon            $INT,
	lat            $INT,
	secret_address $INT NOT NULL CHECK (secret_address IN (0, 1)),
	is_contact     $INT NOT NULL CHECK (is_contact IN (0, 1)),
	accessible     $TEXT NOT NULL,
	provided_from  $TEXT,
	provided_to    $TEXT
);
CREATE INDEX facility_by_id ON facility (id, recorded_from);
CREATE INDEX facility_by_service ON facility (service);
CREATE INDEX facility_by_municipality ON facility (municipality);

CREATE TABLE contact (
	row_id        $ID,
	id            $INT NOT NULL,
	version       $INT NOT NULL,
	valid_from    $TEXT NOT NULL,
	valid_to      $TEXT,
	recorded_from $TEXT NOT NULL,
	recorded_to   $TEXT,
	service       $INT,
	kind          $TEXT NOT NULL,
	value         $TEXT NOT NULL,
	note          $TEXT NOT NULL
);
CREATE INDEX contact_by_id ON contact (id, recorded_from);
CREATE INDEX contact_by_service ON contact (service);
