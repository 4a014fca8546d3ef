-- A network from before the program is taken over: its lines are loaded from a file until another person has looked at them. What stands in stores already is closed.
ALTER TABLE network_version ADD COLUMN closed_on $TEXT;
UPDATE network_version SET closed_on = approved_on;
