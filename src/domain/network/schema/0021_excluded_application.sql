-- A service that was not included because its application was refused: which one. Such a row is decided by itself, whatever becomes of the version.
ALTER TABLE network_exclusion ADD COLUMN application $INT;
