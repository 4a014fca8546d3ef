-- What is believed of a line now, and its newest version, are found without reading all that was ever believed of it: the two thousandth change costs what the first did.
CREATE UNIQUE INDEX network_line_believed ON network_line (id, valid_from) WHERE recorded_to IS NULL;
CREATE INDEX network_line_newest ON network_line (id, version);
