/* doctor_views_page.h: what the templates of checks, backups and terms get. */
#pragma once
#include "core/backup.h"
#include "core/check.h"
#include "core/retention.h"
#include "web/parts.h"

typedef struct DoctorView {
	Str             summary;
	NoteKind        kind;
	const Findings *all;
	size_t          bad;
} DoctorView;

typedef struct BackupsView {
	const Backups *all;
	Str            csrf, folder, key;
	bool           may_run, has_private_key;
} BackupsView;

typedef struct RetentionPage {
	const RetentionViews *all;
	Str                   done, csrf;
	bool                  may_run;
} RetentionPage;

TagKind severity_tag(Severity s);
Str     backup_state(const Backup *b);
