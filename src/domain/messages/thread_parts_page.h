/* thread_parts_page.h: pieces that the pages of threads and questions share. */
#pragma once
#include "domain/messages/thread_views_page.h"

void      keep(Req *r, HiddenViews *list, const char *name, Str value);      /* left out when blank */
FieldView text_field(Req *r, const char *name, const char *label, int rows);
void      file_fields(Req *r, FieldView fields[MESSAGE_FILES_MAX]);
/* Takes the uploaded files in; ERR_INVALID at their fields. */
MUST_USE Err stage_files(Req *r, Attachments *to);
/* ERR_MALFORMED for a field of the form that is neither csrf nor one of these words. */
MUST_USE Err only_known(Req *r, const char *names);
/* Page of a record for this person, {0} when there is none. */
Str       record_href(Req *r, Str object, Id id);
