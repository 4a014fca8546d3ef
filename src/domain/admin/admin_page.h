/* admin_page.h: handlers of the subject, for its module row. */
#pragma once
#include "web/web.h"

/* The kind of a record by its name; NULL when there is none. */
const Entity *admin_entity_named(Str name);

Err page_admin(Req *r);
Err page_settings(Req *r);
Err page_settings_group(Req *r);
Err page_settings_history(Req *r);
Err post_settings(Req *r);
Err post_settings_dangerous(Req *r);
Err post_setting_reset(Req *r);
Err post_setting_reset_dangerous(Req *r);
Err page_jobs(Req *r);
Err page_job(Req *r);
Err post_job_cancel(Req *r);
Err post_job_again(Req *r);
Err page_trail(Req *r);
Err page_doctor(Req *r);
Err page_backups(Req *r);
Err post_backup(Req *r);
Err page_retention(Req *r);
Err post_retention(Req *r);
Err page_why(Req *r);
Err page_view_log(Req *r);
Err page_own_views(Req *r);
Err page_own_data(Req *r);
Err page_person(Req *r);
Err post_person_restrict(Req *r);
Err post_person_release(Req *r);
Err post_person_erase(Req *r);
Err page_metrics(Req *r);
Err page_code_lists(Req *r);
Err page_code_list(Req *r);
Err post_code_new(Req *r);
Err page_code_end(Req *r);
Err post_code_end(Req *r);
