-- A row of a line holds its codes and pairs also as texts: reading five hundred rows asked two thousand more questions for them.
ALTER TABLE network_line ADD COLUMN forms_joined $TEXT NOT NULL DEFAULT '';
ALTER TABLE network_line ADD COLUMN target_groups_joined $TEXT NOT NULL DEFAULT '';
ALTER TABLE network_line ADD COLUMN areas_joined $TEXT NOT NULL DEFAULT '';
ALTER TABLE network_line ADD COLUMN ceilings_joined $TEXT NOT NULL DEFAULT '';
UPDATE network_line SET
	forms_joined = COALESCE((SELECT string_agg(k.code, ',') FROM (SELECT code FROM network_line_forms WHERE owner = network_line.row_id ORDER BY code) k), ''),
	target_groups_joined = COALESCE((SELECT string_agg(k.code, ',') FROM (SELECT code FROM network_line_target_groups WHERE owner = network_line.row_id ORDER BY code) k), ''),
	areas_joined = COALESCE((SELECT string_agg(k.code || '=' || CAST(k.amount AS TEXT), ',')
		FROM (SELECT code, amount FROM network_line_areas WHERE owner = network_line.row_id ORDER BY code) k), ''),
	ceilings_joined = COALESCE((SELECT string_agg(k.code || '=' || CAST(k.amount AS TEXT), ',')
		FROM (SELECT code, amount FROM network_line_ceilings WHERE owner = network_line.row_id ORDER BY code) k), '');
