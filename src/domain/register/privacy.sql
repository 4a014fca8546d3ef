-- What one account did in the register.

-- name: register_person_suggestions
-- Suggestions of account $1.
SELECT object_name, field, suggested, note, state, made_at FROM register_suggestion WHERE account = $1 ORDER BY id

-- name: register_person_suggestions_erase
-- Suggestions of account $1 lose their author; what was suggested and decided stays.
UPDATE register_suggestion SET author = '' WHERE account = $1 AND author <> ''

-- name: register_person_work
-- Imports and overridden values by account $1.
SELECT 'import', file_name, made_at FROM register_import WHERE account = $1
UNION ALL
SELECT 'oprava', entity || ' ' || field, made_at FROM register_override WHERE account = $1
 ORDER BY 3

-- name: register_person_imports_erase
-- Imports of account $1 lose its name.
UPDATE register_import SET account_name = '' WHERE account = $1 AND account_name <> ''

-- name: register_person_overrides_erase
-- Overridden values of account $1 lose its name.
UPDATE register_override SET account_name = '' WHERE account = $1 AND account_name <> ''
