-- Where merged records live now.

-- name: provider_merged_into
-- The provider into which provider $1 was merged, as we believe now.
-- all versions: recorded_to IS NULL is what is believed now, and a merged record holds on no day
SELECT MAX(merged_into) FROM provider WHERE id = $1 AND recorded_to IS NULL

-- name: service_merged_into
-- The service into which service $1 was merged, as we believe now.
-- all versions: recorded_to IS NULL is what is believed now, and a merged record holds on no day
SELECT MAX(merged_into) FROM service WHERE id = $1 AND recorded_to IS NULL

-- name: facilities_ever_secret
-- Facilities of a service ($1) whose address was secret at any time: what older rows say about them is no more public than what newer ones do.
-- all versions: an address that became secret was not secret in older rows
SELECT DISTINCT id FROM facility WHERE service = $1 AND secret_address = 1
