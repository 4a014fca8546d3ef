-- A network as of two times is found in this index alone: a line that changed two hundred times costs no two hundred rows.
DROP INDEX network_line_by_time;
CREATE INDEX network_line_as_of ON network_line (network, recorded_from, recorded_to, valid_from, valid_to);
